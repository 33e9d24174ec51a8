// The whole register: by platform, registrant, number, receipt number or sender, the newest first.
import {api, asking, desk} from './address.js';
import {button, h, select, show} from './dom.js';
import {itemTable} from './items.js';
import {get} from './server.js';
import {offices} from './session.js';
import {empty, failure} from './states.js';
import {choices} from './words.js';

const isNumber = (text) => /^[A-Za-z]{2}\d{4}-\d{5}$/.test(text);

function searchForm(filter) {
  const text = h('input', {
    type: 'search',
    value: filter.text,
    placeholder: '平台、登记主体、登记编号、发件人',
    'aria-label': '查找什么'
  });
  const office = select(
      {'aria-label': '单位', hidden: offices().length < 2},
      [['', '全部单位'], ...offices().map((one) => [one.id, one.name])], filter.office);
  const form =
      select({'aria-label': '平台类别'}, [['', '全部类别'], ...choices('form')], filter.form);
  const decision =
      select({'aria-label': '结果'}, [['', '全部结果'], ...choices('decision')], filter.decision);
  const go = (event) => {
    event?.preventDefault();
    const found = text.value.trim();
    if (event && isNumber(found))
      location.hash = `/record/${found.toUpperCase()}`;
    else
      location.hash = String(asking(desk`/search`, {
                        text: found,
                        office: office.value,
                        form: form.value,
                        decision: decision.value
                      })).slice(1);
  };
  for (const choice of [office, form, decision]) choice.addEventListener('change', () => go());
  return {
    text,
    element:
        h('form', {class: 'filters', role: 'search', onsubmit: go}, text, office, form, decision,
          h('button', {type: 'submit', class: 'main'}, '查找'))
  };
}

export async function searchPage(_, query) {
  const filter = {
    text: query.text ?? '',
    office: query.office ?? '',
    form: query.form ?? '',
    decision: query.decision ?? ''
  };
  const question = (after) => get(asking(api`/search`, {...filter, after}));
  let answer = await question('');
  const form = searchForm(filter);
  const rows = itemTable(
      [
        'received', ...(offices().length > 1 ? ['office'] : []), 'platform', 'registrant',
        'decision'
      ],
      {
        label: '找到的材料',
        more: () => {
          if (answer.more) more();
        }
      });
  const below = h('div', {class: 'below'});

  async function more() {
    try {
      const next = await question(answer.items.at(-1).id);
      answer = {...next, items: [...answer.items, ...next.items]};
      draw();
    } catch (error) {
      show(below, failure(error, more));
    }
  }
  function draw() {
    rows.element.hidden = answer.items.length === 0;
    rows.fill(answer.items);
    show(
        below,
        answer.items.length === 0 &&
            empty(
                '没有找到。',
                h('p', {class: 'faint'}, '可以只输入名称中的几个字，或者放宽条件再找。')),
        answer.more && button('再显示50份', more));
  }
  draw();
  return {
    title: '查询',
    element:
        h('div', {class: 'page'},
          h('section', {class: 'list'},
            h('div', {class: 'head'},
              h('h1', {}, '查询 ', h('span', {class: 'faint'}, '收到过的全部材料，最新的在前')),
              form.element),
            rows.element, below)),
    keys: [
      ...rows.keys,
      [
        ['/'], '查找',
        () => {
          form.text.focus();
          form.text.select();
        }
      ]
    ],
    shown: () => {
      if (filter.text === '')
        form.text.focus();
      else
        rows.choose(rows.chosen());
    },
  };
}
