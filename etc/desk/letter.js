// A decision: the letter that will go out, which may be changed, and the confirmation. Nothing is
// decided before it.
import {api} from './address.js';
import {ask} from './dialog.js';
import {button, h, labelled, select, show} from './dom.js';
import {bySeverity, severity} from './items.js';
import {ApiError, post} from './server.js';
import {otherOffices} from './session.js';
import {word} from './words.js';

const intros = {
  accept: '确认后登入登记库，并发出以下回信。',
  correct: '确认后请登记主体补正，本次不登记。',
  reject: '确认后不予登记，本次材料办结。',
};
const pause = 300;  // milliseconds without a key before the letter is composed anew

function reasonBoxes(submission, kind, changed) {
  const all = bySeverity(submission.findings);
  if (kind === 'accept' || all.length === 0) return null;
  const boxes = all.map((one) => h('input', {
                          type: 'checkbox',
                          value: String(one.n),
                          checked: one.severity !== 'note',
                          onchange: changed
                        }));
  const element =
      h('fieldset', {class: 'reasons'}, h('legend', {}, '写进回信的问题'),
        all.map(
            (one, i) =>
                h('label', {}, boxes[i], severity(one.severity),
                  h('span', {}, one.title, one.detail && h('small', {}, one.detail)))),
        all.some((one) => one.severity === 'note') &&
            h('small', {}, '没有勾选的“提示”仍会附在回信中，但不作为理由。'));
  return {
    element,
    chosen: () => boxes.filter((box) => box.checked).map((box) => Number(box.value))
  };
}

function remaining(submission, kind) {
  const open = bySeverity(submission.findings).filter((one) => one.severity !== 'note');
  if (kind !== 'accept' || open.length === 0) return null;
  return h(
      'div', {class: 'remaining'}, h('p', {}, `以下${open.length}项问题将视为已经核对无误：`),
      h('ul', {}, open.map((one) => h('li', {}, severity(one.severity), one.title))));
}

// The letter's head and body. It is composed by the server; what a person wrote into it is not
// overwritten unasked.
function letterEditor(submission, kind, asked) {
  const to = h('span', {class: 'to'});
  const subject = h('input', {'aria-label': '主题', maxlength: '200'});
  const body = h('textarea', {'aria-label': '回信正文', rows: '14', spellcheck: 'false'});
  const message = h('p', {class: 'notice', hidden: true});
  let composed = null;
  let turn = 0;
  let isCurrent = false;  // it says what the choices beside it say

  const isEdited = () =>
      composed !== null && (subject.value !== composed.subject || body.value !== composed.body);
  const say = (words, act, label) => {
    message.hidden = !words;
    show(message, words, act && button(label, act, {class: 'small'}));
  };
  async function compose() {
    const mine = ++turn;
    isCurrent = false;
    say('正在生成回信…');
    try {
      const letter = await post(api`/submissions/${submission.id}/letter`, {kind, ...asked()});
      if (mine !== turn) return;
      composed = letter;
      isCurrent = true;
      to.textContent = letter.to || '（没有可以回复的地址，不发回信）';
      subject.disabled = body.disabled = letter.to === '';
      subject.value = letter.subject;
      body.value = letter.body;
      say('');
    } catch (error) {
      if (mine === turn) say(`回信没有生成：${error.message} `, compose, '重试');
    }
  }
  let timer = 0;
  function refresh() {
    clearTimeout(timer);
    if (isEdited()) {
      say('回信已手工修改，不会自动改写。', compose, '按左边的选择重新生成');
      return;
    }
    isCurrent = false;
    timer = setTimeout(compose, pause);
  }
  const element =
      h('div', {class: 'letter'}, h('p', {}, h('span', {class: 'label'}, '收件人'), to),
        labelled('主题', subject), body, message);
  compose();
  return {
    element,
    refresh,
    isReady: () => isCurrent,
    text: () => ({subject: subject.value, body: body.value})
  };
}

// Resolves to {until, next}, to {lostTo} where somebody else was first, or to undefined when
// cancelled.
export function decide(submission, kind) {
  const note = h('input', {maxlength: '500', placeholder: '只留在登记库中，不写进回信'});
  const noteInLetter = kind !== 'accept';
  if (noteInLetter) note.placeholder = '写进回信的补充说明，可以不填';
  const reasons = reasonBoxes(submission, kind, () => letter.refresh());
  const letter = letterEditor(
      submission, kind,
      () => ({reasons: reasons?.chosen() ?? [], note: noteInLetter ? note.value : ''}));
  if (noteInLetter) note.addEventListener('input', letter.refresh);
  const title = `${word('ruling', kind)}：${submission.platform || '（未能识别平台名称）'}`;
  return ask({
    title,
    kind: 'wide decide',
    danger: kind === 'reject',
    confirm: `确认${word('ruling', kind)} Enter`,
    content: [
      h('p', {}, intros[kind]),
      h('div', {class: 'columns'},
        h('div', {}, remaining(submission, kind), reasons?.element,
          labelled(noteInLetter ? '补充说明' : '备注', note)),
        letter.element)
    ],
    focus: {focus: () => document.querySelector('dialog.decide .main').focus()},
    act: async () => {
      if (!letter.isReady()) throw new Error('回信还没有生成，请稍候。');
      try {
        return await post(
            api`/submissions/${submission.id}/ruling`,
            {kind, version: submission.version, note: note.value, ...letter.text()});
      } catch (error) {
        if (error instanceof ApiError && error.code === 'decided')
          return {lostTo: word('person', error.answer.by) || '其他人'};
        throw error;
      }
    },
  });
}

// Resolves to true, or to undefined when cancelled.
export function forward(submission) {
  const office = select(
      {required: true},
      [['', '请选择'], ...otherOffices(submission.office).map((one) => [one.id, one.name])], '');
  const note = h('input', {maxlength: '500', placeholder: '给对方单位的说明，可以不填'});
  return ask({
    title: `转交其他单位：${submission.platform || '（未能识别平台名称）'}`,
    content: [
      h('p', {}, '转交后由对方单位办理，本单位的待审列表中不再显示。'), labelled('转交给', office),
      labelled('说明', note)
    ],
    confirm: '转交',
    focus: office,
    act: async () => {
      await post(
          api`/submissions/${submission.id}/forward`, {office: office.value, note: note.value});
      return true;
    },
  });
}
