// One registration: what holds now, every version and what it changed, its submissions, letters,
// and what staff noted about it.
import {api, asking, desk} from './address.js';
import {ask} from './dialog.js';
import {button, h, labelled, select, show, table} from './dom.js';
import {itemTable} from './items.js';
import {get, post} from './server.js';
import {can} from './session.js';
import {historyTable, letterTable} from './trail.js';
import {choices, dueWords, today, when, word} from './words.js';

const status = (one) => h('span', {class: `status ${one.status}`}, word('status', one.status));

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
            word('person', version.by)}`,
        status(version)),
      h('p', {class: 'faint'},
        [
          version.received && `${when(version.received)} 收到`,
          dueWords(version.due, version.received)
        ].filter(Boolean)
            .join(' · ')),
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

// In the order of the form.
function inOrder(fields, form) {
  const place = (field) => form?.fields.findIndex((one) => one.key === field.key) ?? -1;
  return fields.filter((field) => field.value).sort((one, other) => place(one) - place(other));
}

function head(record, reload) {
  const kind = word('form', record.form);
  const times = `${when(record.created)} 登记 · ${when(record.updated)} 最后变动`;
  return h(
      'div', {class: 'head'},
      h('h1', {}, record.platform, h('small', {}, record.number), status(record)),
      h('p', {class: 'faint'}, `${record.office_name} · ${kind} · ${times}`),
      can('decide') &&
          h('p', {class: 'actions'},
            button('记约谈、通报或备注 e', () => noteEvent(record.number, reload)),
            h('a', {class: 'button', href: asking(desk`/paper`, {number: record.number})},
              '用纸质材料变更、停用或注销')));
}

const contents = (fields) =>
    h('section', {}, h('h2', {}, '现在的登记内容'),
      h('dl', {class: 'plain'},
        fields.map((field) => h('div', {}, h('dt', {}, field.label), h('dd', {}, field.value)))));

const none = () => h('p', {class: 'faint'}, '没有。');

function course(record) {
  const events = record.events.map(
      (one) =>
          [one.on, word('event', one.kind), h('span', {class: 'lines'}, one.note),
           word('person', one.by)]);
  return h(
      'section', {}, h('h2', {}, '变动经过'),
      [...record.versions].reverse().map((version, i) => versionBlock(version, i === 0)),
      h('h2', {}, '约谈、通报和备注'),
      events.length === 0 ? none() : table(['日期', '种类', '说明', '记录人'], events));
}

function draw(record, forms, reload) {
  const rows = itemTable(['received', 'platform', 'registrant', 'decision'], {label: '历次材料'});
  rows.fill(record.submissions);
  const fields = inOrder(record.versions.at(-1)?.fields ?? [], forms[record.form]);
  return [
    head(record, reload),
    h('div', {class: 'two'}, contents(fields), course(record)),
    h('section', {}, h('h2', {}, '历次材料'), rows.element),
    h('section', {}, h('h2', {}, '回信'),
      record.letters.length === 0 ? none() : letterTable(record.letters)),
    h('details', {}, h('summary', {}, `操作记录（${record.history.length}）`),
      historyTable(record.history)),
  ];
}

export async function recordPage(number) {
  const element = h('div', {class: 'page record'});
  const forms = await get(api`/forms`);
  const reload = async () => show(element, draw(await get(api`/records/${number}`), forms, reload));
  await reload();
  return {
    title: number,
    element,
    keys: [
      ...(can('decide') ? [[['e'], '记约谈、通报或备注', () => noteEvent(number, reload)]] : []),
      [['Escape'], '返回', () => history.back()]
    ],
  };
}
