// What waits for a decision, the oldest first. It stays as it is while new items come: the chosen
// row, the focus and the place.
import {api, asking, desk} from './address.js';
import {announce, button, h, select, show} from './dom.js';
import {itemTable} from './items.js';
import {get} from './server.js';
import {offices, shortOffice} from './session.js';
import {empty, failure} from './states.js';
import {choices, number} from './words.js';

let lastChosen = '';  // where one was before opening an item

const wanted = (query) => ({
  office: query.office ?? '',
  form: query.form ?? '',
  code: query.code ?? '',
  text: query.text ?? ''
});

// As many pages as are shown already.
async function ask(filter, atLeast) {
  let answer = await get(asking(api`/queue`, filter));
  let {items} = answer;
  while (answer.more && items.length < atLeast) {
    answer = await get(asking(api`/queue`, {...filter, after: items.at(-1).id}));
    items = [...items, ...answer.items];
  }
  return {...answer, items};
}

function filterBar(filter, narrow) {
  const text = h('input', {
    type: 'search',
    value: filter.text,
    placeholder: '平台、登记主体、编号、发件人（按 / ）',
    'aria-label': '在待审材料中查找'
  });
  const form =
      select({'aria-label': '平台类别'}, [['', '全部类别'], ...choices('form')], filter.form);
  const code =
      select({'aria-label': '问题'}, [['', '全部问题'], ...choices('finding')], filter.code);
  const now = () => narrow({text: text.value.trim(), form: form.value, code: code.value});
  form.addEventListener('change', now);
  code.addEventListener('change', now);
  const element =
      h('form', {
        class: 'filters',
        role: 'search',
        onsubmit: (event) => {
          event.preventDefault();
          now();
        }
      },
        text, form, code, h('button', {type: 'submit'}, '查找'),
        (filter.text || filter.form || filter.code) &&
            button('清除', () => narrow({text: '', form: '', code: ''}), {class: 'link'}));
  return {element, text};
}

function officeList(answer, filter) {
  const total = answer.by_office.reduce((sum, one) => sum + one.held, 0);
  const entry = (id, name, held) =>
      h('li', {},
        h('a', {
          href: asking(desk`/queue`, {...filter, office: id}),
          'aria-current': filter.office === id ? 'true' : undefined,
        },
          h('span', {}, name), h('span', {class: 'count'}, number(held))));
  return h(
      'nav', {class: 'offices', 'aria-label': '按单位'},
      h('ul', {}, entry('', '全部单位', total),
        answer.by_office.map((one) => entry(one.office, shortOffice(one.name), one.held))));
}

export async function queuePage(_, query) {
  const filter = wanted(query);
  let answer = await ask(filter, 0);
  const rows = itemTable(
      ['age', ...(offices().length > 1 ? ['office'] : []), 'platform', 'registrant', 'findings'], {
        label: '待审的材料',
        more: () => {
          if (answer.more) refresh(answer.items.length + 1);
        }
      });
  const side = h('div', {class: 'side', hidden: offices().length < 2});
  const below = h('div', {class: 'below'});
  const filters = filterBar(filter, (change) => {
    location.hash = String(asking(desk`/queue`, {...filter, ...change})).slice(1);
  });
  const heading = h('h1');

  const nothing = () => {
    const narrowed = Object.values(filter).some(Boolean);
    if (!narrowed)
      return empty('没有待审的材料。', h('p', {class: 'faint'}, '新材料到来时会自动显示在这里。'));
    return empty(
        '没有符合条件的待审材料。',
        filter.text &&
            h('p', {},
              h('a', {href: asking(desk`/search`, {text: filter.text})},
                `在全部材料中查找“${filter.text}”`)));
  };
  function draw() {
    show(
        heading, '待审材料 ',
        h('span', {class: 'faint'}, `${number(answer.held)}份，最早收到的在前`));
    rows.element.hidden = answer.items.length === 0;
    rows.fill(answer.items);
    show(side, officeList(answer, filter));
    show(
        below, answer.items.length === 0 && nothing(),
        answer.more && button('再显示50份', () => refresh(answer.items.length + 1)));
  }
  async function refresh(atLeast = answer.items.length) {
    try {
      answer = await ask(filter, atLeast);
    } catch (error) {
      show(below, failure(error, () => refresh(atLeast)));
      return;
    }
    draw();
  }
  rows.choose(lastChosen, false);
  draw();
  return {
    title: '待审材料',
    element:
        h('div', {class: 'page queue'}, side,
          h('section', {class: 'list'}, h('div', {class: 'head'}, heading, filters.element),
            rows.element, below)),
    keys: [
      ...rows.keys,
      [
        ['/'], '查找',
        () => {
          filters.text.focus();
          filters.text.select();
        }
      ],
      [['.'], '重新读取', () => refresh()]
    ],
    shown: () => rows.choose(rows.chosen()),
    changed: async ({changed, held}) => {
      if (!changed) return;
      const before = answer.held;
      await refresh();
      if (held > before) announce(`新到${held - before}份待审材料`);
    },
    leave: () => {
      lastChosen = rows.chosen();
    },
  };
}
