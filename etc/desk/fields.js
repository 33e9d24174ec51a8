// The form's values, group by group, each with what was read of it on scan and certificate.
import {marked} from './difference.js';
import {h} from './dom.js';
import {word} from './words.js';

const signs = {
  true: ['agrees', '＝ 一致'],
  false: ['differs', '≠ 不一致'],
  null: ['unread', '？未读出']
};

function read(field, one, submission, goTo) {
  const [kind, words] = signs[String(one.agrees)];
  const file = submission.files.find((other) => other.index === one.file);
  const source = file ? word('role', file.role) : '扫描件';
  return h(
      'button', {
        type: 'button',
        class: `read ${kind}`,
        title: '在图像上查看',
        onclick: () => goTo(one.file, one.page, one.box)
      },
      h('span', {class: 'sign'}, words), h('span', {class: 'source'}, source),
      h('span', {class: 'value'},
        one.agrees === false && one.text ? marked(one.text, field.value) :
                                           one.text || '（另一个名称）'));
}

function row(field, submission, goTo) {
  const findings =
      field.findings.map((n) => submission.findings.find((one) => one.n === n)).filter(Boolean);
  const worst = ['defect', 'doubt', 'note'].find(
      (severity) => findings.some((one) => one.severity === severity));
  const made =
      h('div', {class: `field ${worst ?? ''}`},
        h('dt', {title: field.place},
          field.mandatory && h('span', {class: 'must', title: '必填'}, '*'), field.label),
        h('dd', {},
          field.value ? h('span', {class: 'value'}, field.value) :
                        h('span', {class: worst ? 'missing' : 'faint'}, '（未填）'),
          findings.map((one) => h('p', {class: `said ${one.severity}`}, one.title)),
          field.reads.map((one) => read(field, one, submission, goTo))));
  made.dataset.key = field.key;
  return made;
}

function compared(submission) {
  const reads = submission.fields.flatMap((field) => field.reads);
  if (reads.length === 0) return null;
  const tally = [[true, '一致'], [false, '不一致'], [null, '未读出']].map(
      ([agrees, words]) => [words, reads.filter((one) => one.agrees === agrees).length]);
  return h(
      'span', {class: 'tally'}, '与扫描件、证件比对：',
      tally.filter(([, n]) => n > 0).map(([words, n]) => `${words}${n}`).join('，'));
}

// choose(key) marks a field, and gives it.
export function fieldList(submission, goTo) {
  const groups = new Map();
  for (const field of submission.fields)
    groups.set(field.group ?? '', [...(groups.get(field.group ?? '') ?? []), field]);
  const element =
      h('section', {class: 'fields'}, h('h2', {}, '登记表内容 ', compared(submission)),
        submission.fields.length === 0 && h('p', {class: 'faint'}, '没有可以显示的内容。'),
        [...groups].map(
            ([group, fields]) =>
                [group && h('h3', {}, group),
                 h('dl', {}, fields.map((field) => row(field, submission, goTo)))]));
  function choose(key) {
    for (const other of element.querySelectorAll('.chosen')) other.classList.remove('chosen');
    const found = [...element.querySelectorAll('.field')].find((one) => one.dataset.key === key);
    found?.classList.add('chosen');
    return found;
  }
  return {element, choose};
}
