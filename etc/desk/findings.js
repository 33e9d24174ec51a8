// What the program found, the gravest first; one finding is chosen, and shown where it lies.
import {h, show} from './dom.js';
import {bySeverity, severity} from './items.js';
import {word} from './words.js';

export function findingList(submission, goTo) {
  const all = bySeverity(submission.findings);
  const list = h('ol', {class: 'findings'});
  let chosen = -1;

  function place(one) {
    const file = submission.files.find((other) => other.index === one.file);
    const field = submission.fields.find((other) => other.key === one.field);
    return [field?.label, file && `${word('role', file.role)}${one.page ? `第${one.page}页` : ''}`]
        .filter(Boolean)
        .join('，');
  }
  const row = (one, i) => h(
      'li', {class: `finding ${one.severity} ${i === chosen ? 'chosen' : ''}`},
      h('button', {type: 'button', 'aria-expanded': String(i === chosen), onclick: () => choose(i)},
        severity(one.severity), h('span', {class: 'title'}, one.title), h('small', {}, place(one))),
      (i === chosen || one.detail) &&
          h('div', {class: 'more'}, one.detail && h('p', {}, one.detail),
            i === chosen && one.advice && h('p', {class: 'faint'}, `回信中的办法：${one.advice}`)));

  function draw() {
    show(list, all.map(row));
  }
  function choose(i) {
    if (all.length === 0) return;
    chosen = (i + all.length) % all.length;
    draw();
    list.children[chosen].scrollIntoView({block: 'nearest'});
    goTo(all[chosen]);
  }
  draw();
  const tally = ['defect', 'doubt', 'note']
                    .map((kind) => [kind, all.filter((one) => one.severity === kind).length])
                    .filter(([, n]) => n > 0);
  const element =
      h('section', {class: 'finding-list'},
        h('h2', {}, '问题 ',
          tally.map(([kind, n]) => h('span', {class: 'tally'}, `${word('severity', kind)}${n} `))),
        all.length === 0 ? h('p', {class: 'faint'}, '没有发现问题。') : list);
  return {
    element,
    first: () => choose(0),
    keys: [
      [['n', 'j'], '下一个问题', () => choose(chosen + 1)],
      [['p', 'k'], '上一个问题', () => choose(chosen < 0 ? -1 : chosen - 1)]
    ],
  };
}
