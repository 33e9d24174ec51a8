// One registration: what holds now, every version and what it changed, its submissions, letters,
// and what staff noted about it.
import {api, asking, desk} from './address.js';
import {ask} from './dialog.js';
import {button, h, labelled, select, show, table} from './dom.js';
import {itemTable} from './items.js';
import {get, post} from './server.js';
import {can} from './session.js';
import {choices, today, when, word} from './words.js';

function changes(version) {
  if (!version.changed || version.changed.length === 0)
    return h('p', {class: 'faint'}, version.version === 1 ? '首次登记' : '登记内容没有变化');
  return table(
      ['栏目', '原来', '改为'],
      version.changed.map(
          (one) =>
              [one.label, h('del', {}, one.before || '（空）'),
               h('ins', {}, one.after || '（空）')]));
}

function versionBlock(version, isNewest) {
  return h(
      'details', {class: 'version', open: isNewest},
      h('summary', {}, h('strong', {}, `第${version.version}版`),
        ` ${when(version.created)} ${word('action', version.action)} · ${
            word('actor', version.by)}`,
        h('span', {class: `status ${version.status}`}, word('status', version.status))),
      changes(version),
      version.submission &&
          h('p', {}, h('a', {href: desk`/review/${version.submission}`}, '查看这次的材料')));
}

function noteEvent(number, done) {
  const kind = select({}, choices('event'), 'summons');
  const on = h('input', {type: 'date', value: today(), required: true});
  const note = h('textarea', {rows: '4', maxlength: '2000'});
  return ask({
    title: '记一件事',
    confirm: '记下',
    content:
        [labelled('种类', kind), labelled('日期', on), labelled('说明', note, '对象、事由、结果')],
    act: async () => {
      await post(
          api`/records/${number}/events`, {kind: kind.value, on: on.value, note: note.value});
      done();
    },
  });
}

function draw(record, reload) {
  const newest = record.versions.at(-1);
  const rows = itemTable(['received', 'platform', 'registrant', 'decision'], {label: '历次材料'});
  rows.fill(record.submissions);
  const element = [
    h('div', { class: 'head' }, h('h1', {}, record.platform, h('small', {}, record.number), h('span', { class: `status ${record.status}` }, word('status', record.status))),
      h('p', { class: 'faint' }, `${record.office_name} · ${word('form', record.form)} · ${when(record.created)} 登记 · ${when(record.updated)} 最后变动`),
      can('decide') && h('p', { class: 'actions' }, button('记约谈、通报或备注 e', () => noteEvent(record.number, reload)),
        h('a', { class: 'button', href: asking(desk`/paper`, { number: record.number }) }, '用纸质材料变更、停用或注销'))),
    h('div', { class: 'two' },
      h('section', {}, h('h2', {}, '现在的登记内容'),
        h('dl', { class: 'plain' }, (newest?.fields ?? []).filter((field) => field.value).map((field) => h('div', {}, h('dt', {}, field.label), h('dd', {}, field.value))))),
      h('section', {}, h('h2', {}, '变动经过'), [...record.versions].reverse().map((version, i) => versionBlock(version, i === 0)),
        h('h2', {}, '约谈、通报和备注'),
        record.events.length === 0 ? h('p', { class: 'faint' }, '没有。')
          : table(['日期', '种类', '说明', '记录人'], record.events.map((one) => [one.on, word('event', one.kind), h('span', { class: 'lines' }, one.note), one.by])))),
    h('section', {}, h('h2', {}, '历次材料'), rows.element),
    h('section', {}, h('h2', {}, '回信'), record.letters.length === 0 ? h('p', { class: 'faint' }, '没有。')
      : table(['时间', '回信', '收件人', '状态'], record.letters.map((one) => [when(one.sent || one.created),
        [word('letterKind', one.kind), h('small', {}, one.subject)], one.to, [word('letter', one.state), one.error && h('small', { class: 'bad' }, one.error)]]))),
    h('details', {}, h('summary', {}, `操作记录（${record.history.length}）`),
      table(['时间', '谁', '做了什么'], record.history.map((one) => [when(one.at), word('actor', one.actor), [word('audit', one.action), one.detail && h('small', {}, one.detail)]]))),
  ];
  return {element, keys: rows.keys};
}

export async function recordPage(number) {
  const element = h('div', {class: 'page record'});
  const read = async () => draw(await get(api`/records/${number}`), reload);
  const reload = async () => show(element, (await read()).element);
  const first = await read();
  show(element, first.element);
  return {
    title: number,
    element,
    keys: [
      ...(can('decide') ? [[['e'], '记约谈、通报或备注', () => noteEvent(number, reload)]] : []),
      [['Escape'], '返回', () => history.back()]
    ],
  };
}
