// One submission: left its papers, right what was found and what the form says, above both what can
// be done with it.
import {api, desk} from './address.js';
import {tell} from './dialog.js';
import {announce, button, h, show} from './dom.js';
import {fieldList} from './fields.js';
import {findingList} from './findings.js';
import {decide, forward} from './letter.js';
import {scanView} from './scans.js';
import {get} from './server.js';
import {can, offices, session, shortOffice} from './session.js';
import {historyTable, letterTable} from './trail.js';
import {decided, undo} from './undo.js';
import {dueWords, people, when, word} from './words.js';

const go = (id) => {
  location.hash = id ? `/review/${encodeURIComponent(id)}` : '/queue';
};

function about(submission) {
  const {registrant, sender} = submission;
  const person = [
    registrant.name || '（未能识别）', word('class', registrant.class), registrant.id_number,
    dueWords(submission.due, submission.received)
  ].filter(Boolean).join(' · ');
  return h(
      'div', {class: 'about'},
      h('h1', {}, submission.platform || '（未能识别平台名称）',
        h('small', {},
          [word('form', submission.form), word('action', submission.action)].filter(Boolean).join(
              ' · '))),
      h('p', {}, person),
      h('p', {class: 'faint'},
        [
          offices().length > 1 && shortOffice(submission.office_name),
          `${when(submission.received)} 收到`,
          `${sender.name || ''} ${sender.address || ''}`
        ].filter(Boolean)
            .join(' · '),
        submission.subject && [' · 主题：', h('q', {}, submission.subject)],
        submission.number &&
            [' · ', h('a', {href: desk`/record/${submission.number}`}, submission.number)],
        submission.answers &&
            [' · 补正自 ', h('a', {href: desk`/review/${submission.answers}`}, submission.answers)],
        submission.completed_by && [
          ' · 已由 ',
          h('a', {href: desk`/review/${submission.completed_by}`}, submission.completed_by), ' 补正'
        ]));
}

function stateLine(submission) {
  const {state, ruling} = submission;
  if (state === 'held') return null;
  const words = state === 'ruled' ?
      `${word('person', ruling.by)}已决定：${word('ruling', ruling.kind)}，尚未发信` :
      `这份材料${word('state', state)}`;
  return h(
      'p', {class: `state-line ${state}`}, words,
      submission.revocable && '，回信还没有发出',
      (state === 'ruled' || submission.revocable) && can('decide') &&
          button('撤销', () => undo(submission.id), {class: 'small'}));
}

function lettersAndHistory({letters, history}) {
  return [
    letters.length > 0 &&
        h('details', {}, h('summary', {}, `回信（${letters.length}）`), letterTable(letters)),
    history.length > 0 &&
        h('details', {}, h('summary', {}, `经过（${history.length}）`), historyTable(history)),
  ];
}

// Where on the papers a finding is best seen: its own box, else what was read for its field (where
// that differs, first), else the page that it is about. An electronic form is not seen at all.
function placeOf(finding, submission) {
  const isSeen = ({file}) =>
      submission.files.some((other) => other.index === file && other.viewable);
  const reads = submission.fields.find((field) => field.key === finding.field)
                    ?.reads.filter((read) => read.box) ??
      [];
  const own = finding.box ? [finding] : [];
  return [...own, ...reads.filter((read) => read.agrees === false), ...reads, finding].find(isSeen);
}

export async function reviewPage(id) {
  let submission = await get(api`/submissions/${id}`);
  const actions = h('div', {class: 'actions'});
  const state = h('div', {class: 'state-area'});
  const viewers = h('p', {class: 'viewers', role: 'status'});
  const scans = scanView(submission);
  const fields = fieldList(submission, (file, page, box) => scans.goTo(file, page, box));
  const findings = findingList(submission, (one) => {
    const field = one.field && fields.choose(one.field);
    const shown = placeOf(one, submission);
    if (shown) scans.goTo(shown.file, shown.page ?? 1, shown.box ?? null);
    field?.scrollIntoView({block: 'nearest'});
  });

  const content =
      h('div', {class: 'content', tabindex: '-1'}, fields.element, lettersAndHistory(submission));
  const scroll = (by) => content.scrollBy({top: by * content.clientHeight * 0.85});

  const isOpen = () => submission.state === 'held' && can('decide');
  async function act(kind) {
    if (!isOpen()) return;
    const outcome = await decide(submission, kind);
    if (outcome?.lostTo)
      await tell(
          '没有生效',
          h('p', {}, `这份材料刚刚已由${outcome.lostTo}决定，您的决定和回信都没有生效。`));
    if (!outcome || outcome.lostTo) return void reload();
    decided(submission.id, submission.platform || submission.id, kind, session().undo_seconds);
    go(outcome.next);
  }
  async function handOver() {
    if (!isOpen() || !(await forward(submission))) return;
    announce('已转交');
    go(submission.next);
  }
  const next = () => {
    if (!submission.next) announce('后面没有待审的材料了');
    go(submission.next);
  };
  const previous = () => {
    if (submission.previous) go(submission.previous);
  };

  function draw() {
    const key = (words, letter) => [words, ' ', h('kbd', {}, letter)];
    show(
        actions,
        isOpen() &&
            [
              button(key('登记', 'a'), () => act('accept'), {class: 'accept'}),
              button(key('要求补正', 'c'), () => act('correct'), {class: 'correct'}),
              button(key('不予登记', 'x'), () => act('reject'), {class: 'reject'}),
              button(key('转交', 'f'), handOver)
            ],
        h('span', {class: 'steps'},
          button('‹ 上一份', previous, {disabled: !submission.previous, title: '上一份（[）'}),
          button('下一份 ›', next, {title: '下一份（] 或 s）'})));
    show(state, stateLine(submission));
  }
  // Somebody else may have decided: what is on the screen must not say otherwise.
  async function reload() {
    const fresh = await get(api`/submissions/${id}`).catch(() => null);
    if (!fresh ||
        (fresh.state === submission.state && fresh.version === submission.version &&
         fresh.next === submission.next))
      return;
    if (fresh.state !== submission.state) announce(word('state', fresh.state));
    submission = fresh;
    draw();
  }
  draw();
  const element = h(
      'div', {class: 'page review'},
      h('div', {class: 'review-head'}, about(submission), viewers, actions), state, scans.element,
      h('section', {class: 'reading', 'aria-label': '问题和登记表'}, findings.element, content));
  element.dataset.id = submission.id;
  return {
    title: submission.platform || id,
    viewing: submission.id,
    element,
    keys: [
      ...findings.keys,
      ...(can('decide') ?
              [
                [['a'], '登记', () => act('accept')], [['c'], '要求补正', () => act('correct')],
                [['x'], '不予登记', () => act('reject')], [['f'], '转交其他单位', handOver]
              ] :
              []),
      [[']', 's'], '下一份', next],
      [['['], '上一份', previous],
      [['PageDown', ' '], '登记表内容向下翻', () => scroll(1)],
      [['PageUp'], '登记表内容向上翻', () => scroll(-1)],
      [['Escape'], '回到列表', () => go('')],
      ...scans.keys,
    ],
    shown: () => {
      if (submission.findings.length > 0) findings.first();
    },
    changed: ({changed, viewers: others}) => {
      viewers.textContent = others?.length > 0 ? `${people(others)}也在看` : '';
      if (changed) reload();
    },
    leave: scans.leave,
  };
}
