// Submissions as rows: the queue, the search and the lists of the reports. One row is chosen, by
// keys or by touch.
import {desk} from './address.js';
import {button, h, show} from './dom.js';
import {session, shortOffice} from './session.js';
import {undo} from './undo.js';
import {lasted, people, recently, when, word} from './words.js';

export const severity = (value) => h('span', {class: `severity ${value}`}, word('severity', value));

const shownFindings = 3;
const order = ['defect', 'doubt', 'note'];

export function bySeverity(findings) {
  return [...findings].sort(
      (one, other) => order.indexOf(one.severity) - order.indexOf(other.severity));
}

function findings(item) {
  const all = bySeverity(item.findings);
  if (all.length === 0) return h('span', {class: 'faint'}, '无');
  const more = all.length - shownFindings;
  return h(
      'ul', {class: 'findings-brief'},
      all.slice(0, shownFindings)
          .map((one) => h('li', {title: one.detail}, severity(one.severity), one.title)),
      more > 0 && h('li', {class: 'faint'}, `还有${more}项`));
}

const others = (viewers) =>
    (viewers?.length > 0 ? h('p', {class: 'viewers'}, `${people(viewers)}在看`) : null);

function ruling(item) {
  if (!item.ruling) return null;
  return h(
      'p', {class: 'ruled'},
      `${word('person', item.ruling.by)}已决定：${word('ruling', item.ruling.kind)}`,
      session().can.decide && button('撤销', () => undo(item.id), {class: 'small'}));
}

const reminded = (item) =>
    item.reminded && h('p', {class: 'faint'}, `${when(item.reminded).slice(0, 10)}已去信催办`);

const columns = {
  age: [
    '等候',
    (item) =>
        [h('strong', {class: item.age_seconds > 7 * 86400 ? 'old' : ''}, lasted(item.age_seconds)),
         h('small', {}, recently(item.received))]
  ],
  received: [
    '收到',
    (item) => [when(item.received).slice(0, 10), h('small', {}, when(item.received).slice(11))]
  ],
  office: ['单位', (item) => shortOffice(item.office_name)],
  platform: [
    '平台',
    (item) =>
        [h('strong', {}, item.platform || '（未能识别平台名称）'),
         h('small', {},
           [word('form', item.form), word('action', item.action)].filter(Boolean).join(' · ')),
         others(item.viewers)]
  ],
  registrant:
      ['登记主体', (item) => [item.registrant || '（未能识别）', h('small', {}, item.sender)]],
  findings: ['需要核对的问题', (item) => [findings(item), ruling(item), reminded(item)]],
  decision: [
    '结果',
    (item) =>
        [h('span', {class: `decision ${item.decision}`}, word('decision', item.decision)),
         item.number && h('a', {href: desk`/record/${item.number}`, class: 'number'}, item.number),
         ruling(item)]
  ],
};

const goTo = (item) => {
  location.hash = `/review/${encodeURIComponent(item.id)}`;
};

// Rows that keep the chosen one, the focus and the place on the screen when others come.
// `more` is asked for when the keys go beyond the last row.
export function itemTable(shownColumns, {label, more = () => {}}) {
  const body = h('tbody');
  const element =
      h('table', {class: 'items', 'aria-label': label},
        h('thead', {},
          h('tr', {},
            shownColumns.map(
                (name) => h('th', {scope: 'col', class: `col-${name}`}, columns[name][0])))),
        body);
  let items = [];
  let chosen = '';
  let known = null;

  const rowOf = (id) => [...body.children].find((row) => row.dataset.id === id);
  const index = () => items.findIndex((item) => item.id === chosen);

  function row(item) {
    const isNew = known !== null && !known.has(item.id);
    const made =
        h('tr', {
          tabindex: '-1',
          class: [item.ruling && 'is-ruled', isNew && 'is-new'].filter(Boolean).join(' '),
          onclick: (event) => {
            if (!event.target.closest('button, a')) goTo(item);
          },
          onfocus: () => choose(item.id, false),
        },
          shownColumns.map(
              (name) =>
                  h('td', {class: `col-${name}`},
                    name === 'platform' ? h('a', {href: desk`/review/${item.id}`, tabindex: '-1'},
                                            columns[name][1](item)) :
                                          columns[name][1](item))));
    made.dataset.id = item.id;
    return made;
  }

  function choose(id, focus = true) {
    for (const other of body.querySelectorAll('[aria-selected]'))
      other.removeAttribute('aria-selected');
    chosen = id;
    const found = rowOf(id);
    if (!found) return;
    found.setAttribute('aria-selected', 'true');
    if (focus) {
      found.focus({preventScroll: true});
      found.scrollIntoView({block: 'nearest'});
    }
  }

  function fill(fresh) {
    const hadFocus = body.contains(document.activeElement);
    const place = Math.max(0, index());
    items = fresh;
    show(body, items.map(row));
    known = new Set([...(known ?? []), ...items.map((item) => item.id)]);
    if (items.length === 0) return;
    if (index() < 0) chosen = items[Math.min(place, items.length - 1)].id;
    choose(chosen, hadFocus);
  }

  const move = (step) => {
    if (step > 0 && index() === items.length - 1) more();
    if (items.length > 0) choose(items[Math.min(items.length - 1, Math.max(0, index() + step))].id);
  };
  const keys = [
    [['j', 'ArrowDown'], '下一行', () => move(1)],
    [['k', 'ArrowUp'], '上一行', () => move(-1)],
    [
      ['Enter', 'o'], '打开选中的一行',
      () => {
        if (index() >= 0) goTo(items[index()]);
      }
    ],
  ];
  return {element, fill, choose, keys, chosen: () => chosen, size: () => items.length};
}
