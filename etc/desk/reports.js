// Figures of a period, lists for summons, and the reporting package to take along.
import {api, asking, desk} from './address.js';
import {bars, days, stacked} from './chart.js';
import {button, h, labelled, select, show} from './dom.js';
import {itemTable} from './items.js';
import {get} from './server.js';
import {can, offices, session, shortOffice} from './session.js';
import {empty, fillWith} from './states.js';
import {lasted, number, today, word} from './words.js';

const columns = [
  ['received', '收到'], ['accepted', '登记'], ['held', '待审'], ['rejected', '未登记'],
  ['records', '新登记']
];
const lists = [['late', '逾期报送'], ['silent', '催补未复'], ['refused', '不予登记']];
const listWords = {
  late: '超过期限才报送的。',
  silent: '要求补正后到期没有再来材料的。',
  refused: '经审核不予登记的。',
};

function periods() {
  const now = today();
  const {campaign} = session();
  return {
    campaign: ['本次登记活动', campaign.start, campaign.end],
    month: ['本月', `${now.slice(0, 7)}-01`, now],
    year: ['今年', `${now.slice(0, 4)}-01-01`, now]
  };
}

function chooser(query) {
  const go = (change) => {
    location.hash = String(asking(desk`/reports`, {...query, ...change})).slice(1);
  };
  const from = h('input', {type: 'date', value: query.from ?? '', 'aria-label': '从'});
  const to = h('input', {type: 'date', value: query.to ?? '', 'aria-label': '到'});
  const office = select(
      {
        'aria-label': '单位',
        hidden: offices().length < 2,
        onchange: () => go({office: office.value})
      },
      [['', '全部单位'], ...offices().map((one) => [one.id, one.name])], query.office ?? '');
  const same = ([, begin, end]) => (query.from ?? '') === begin && (query.to ?? '') === end;
  return h(
      'form', {
        class: 'filters',
        onsubmit: (event) => {
          event.preventDefault();
          go({from: from.value, to: to.value});
        }
      },
      Object.values(periods()).map(
          (period) => button(
              period[0], () => go({from: period[1], to: period[2]}),
              {'aria-pressed': String(same(period))})),
      labelled('从', from), labelled('到', to), h('button', {type: 'submit'}, '按日期'), office);
}

function officeTable(report) {
  const most = Math.max(1, ...report.offices.map((one) => one.received));
  const total = {name: '合计'};
  for (const [key] of columns) total[key] = report.offices.reduce((sum, one) => sum + one[key], 0);
  const parts = (one) => ['accepted', 'held', 'rejected'].map((kind) => ({kind, count: one[kind]}));
  const row = (one, isTotal) =>
      h('tr', {class: isTotal ? 'total' : ''}, h('th', {scope: 'row'}, shortOffice(one.name)),
        columns.map(([key]) => h('td', {class: 'figure'}, number(one[key]))),
        h('td', {class: 'bar-cell'}, !isTotal && stacked(parts(one), most)));
  return h(
      'table', {class: 'offices-table'},
      h('thead', {},
        h('tr', {}, h('th', {}, '单位'),
          columns.map(([, words]) => h('th', {class: 'figure'}, words)),
          h('th', {},
            h('span', {class: 'legend'}, h('i', {class: 'accepted'}), '登记 ',
              h('i', {class: 'held'}), '待审 ', h('i', {class: 'rejected'}), '未登记')))),
      h('tbody', {}, report.offices.map((one) => row(one, false)),
        report.offices.length > 1 && row(total, true)));
}

const counted = (title, name, rows) => h(
    'section', {}, h('h2', {}, title),
    rows.length === 0 ? h('p', {class: 'faint'}, '没有。') :
                        bars(rows.map((row) => ({words: word(name, row.word), count: row.count}))));

function figures(report) {
  const big = (words, value) =>
      h('div', {class: 'big'}, h('span', {}, words), h('strong', {}, value));
  const {answer} = report;
  const took = (seconds) => answer.mails > 0 ? lasted(seconds) : '—';
  return [
    h('div', {class: 'bigs'}, big('收到材料', number(report.received)),
      big('登记', number(report.offices.reduce((sum, one) => sum + one.accepted, 0))),
      big('待审', number(report.offices.reduce((sum, one) => sum + one.held, 0))),
      big('答复用时（半数以内）', took(answer.median_seconds)),
      big('答复用时（九成以内）', took(answer.p90_seconds))),
    h('h2', {}, '各单位'),
    officeTable(report),
    h('h2', {}, '每天收到'),
    report.days.length === 0 ? h('p', {class: 'faint'}, '这段时间没有收到材料。') :
                               days(report.days),
    h('div', {class: 'three'}, counted('平台类别', 'form', report.forms),
      counted('登记主体', 'class', report.classes), counted('结果', 'decision', report.decisions)),
  ];
}

function listSection() {
  const rows = itemTable(
      [
        'received', ...(offices().length > 1 ? ['office'] : []), 'platform', 'registrant',
        'findings'
      ],
      {label: '名单'});
  const content = h('div');
  const tabs = h('div', {class: 'tabs', role: 'tablist'});
  function open(kind) {
    show(
        tabs,
        lists.map(
            ([name, words]) =>
                h('button', {
                  type: 'button',
                  role: 'tab',
                  'aria-selected': String(name === kind),
                  onclick: () => open(name)
                },
                  words)));
    fillWith(content, () => get(asking(api`/reports/list`, {kind})), ({items}) => {
      rows.fill(items);
      return items.length === 0 ? empty('名单是空的。') : [
        h('p', {class: 'faint'}, `${listWords[kind]}共${number(items.length)}份。`), rows.element
      ];
    });
  }
  open(lists[0][0]);
  return h('section', {}, h('h2', {}, '约谈名单'), tabs, content);
}

export async function reportsPage(_, query) {
  const {campaign} = session();
  const asked = {
    from: query.from ?? campaign.start,
    to: query.to ?? campaign.end,
    office: query.office ?? ''
  };
  const report = await get(asking(api`/reports`, asked));
  const exporting = {from: report.from, to: report.to, office: asked.office};
  return {
    title: '报表',
    element: h(
        'div', {class: 'page reports'},
        h('div', {class: 'head'},
          h('h1', {}, '报表 ', h('span', {class: 'faint'}, `${report.from} 至 ${report.to}`)),
          chooser(asked),
          can('export') &&
              h('p', {class: 'actions'}, '报送件：',
                h('a',
                  {class: 'button', download: true, href: asking(api`/export.xlsx`, exporting)},
                  '下载 Excel 表格'),
                h('a', {class: 'button', download: true, href: asking(api`/export.csv`, exporting)},
                  '下载 CSV'))),
        figures(report), listSection()),
  };
}
