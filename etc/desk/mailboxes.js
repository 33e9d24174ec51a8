// How the mailboxes do, which letters did not arrive, and which mails could not be read.
import {api, desk} from './address.js';
import {trouble} from './details.js';
import {button, h, show, table} from './dom.js';
import {get, post} from './server.js';
import {can, shortOffice} from './session.js';
import {failure} from './states.js';
import {bytes, number, recently, when, word} from './words.js';

const counts = [
  ['seen', '收到'], ['filed', '登记'], ['rejected', '退回'], ['held', '待审'], ['ignored', '不回'],
  ['pending', '未处理']
];
const letters = [['owed', '待发'], ['sent', '已发'], ['failed', '失败'], ['undelivered', '被退']];

const adds = (box) => counts.slice(1).reduce((sum, [key]) => sum + box[key], 0) === box.seen;

function health(box) {
  if (box.error)
    return [h('span', {class: 'health bad'}, '✕ 有故障'), h('small', {class: 'bad'}, trouble(box.error))];
  if (!box.last_poll) return h('span', {class: 'health waits'}, '○ 还没有收过');
  return [
    h('span', {class: 'health fine'}, '✓ 正常'), h('small', {class: 'when'}, `${recently(box.last_poll)} 收信`)
  ];
}

const figure = (box, key, grave) =>
    h('span', {class: `figure ${grave && box[key] > 0 ? 'bad' : ''}`}, number(box[key]));

function boxTable(boxes) {
  return table(
      [
        '单位', '状态', ...counts.map(([, words]) => words),
        ...letters.map(([, words]) => `回信${words}`)
      ],
      boxes.map(
          (box) => [
              [h('strong', {}, shortOffice(box.office_name)), h('small', {}, box.mailbox)],
              health(box),
              ...counts.map(
                  ([key]) =>
                      [figure(box, key, false),
                       key === 'seen' && !adds(box) && h('small', {class: 'bad'}, '≠ 各项之和')]),
              ...letters.map(
                  ([key]) => figure(box, key, key === 'failed' || key === 'undelivered')),
  ]),
      {class: 'figures'});
}

function dayTable(days) {
  if (days.length === 0) return h('p', {class: 'faint'}, '近七天没有收到邮件。');
  return table(
      ['日期', '单位', ...counts.map(([, words]) => words)],
      days.map(
          (day) => [
              day.day, [shortOffice(day.office_name), h('small', {}, day.mailbox)],
              ...counts.map(([key]) => figure(day, key, false))]),
      {class: 'figures'});
}

function lost(answer) {
  if (answer.letters.length === 0) return h('p', {class: 'faint'}, '没有。');
  return table(
      ['时间', '收件人', '回信', '情况'],
      answer.letters.map(
          (one) => [when(one.created), one.to, [one.subject, h('small', {}, one.message)], [
            word('letter', one.state), one.error && h('small', {class: 'bad'}, trouble(one.error))
          ]]));
}

function unread(answer, reload) {
  if (answer.unread.length === 0) return h('p', {class: 'faint'}, '没有。');
  const retry = (one) => async (event) => {
    const {target} = event;
    target.disabled = true;
    target.textContent = '正在重读…';
    try {
      await post(api`/messages/${one.message}/retry`, {});
      await reload();
    } catch (error) {
      target.disabled = false;
      target.textContent = `没有成功：${error.message} 再试一次`;
    }
  };
  return table(
      ['收到', '单位', '发件人', '大小', '读不出的原因', ''],
      answer.unread.map(
          (one) =>
              [when(one.received), shortOffice(one.office_name),
               h('a', {href: desk`/review/${one.submission}`}, one.sender || '（未知）'),
               bytes(one.bytes), one.reason,
               h('span', {class: 'actions'}, can('decide') && button('重新读取', retry(one)),
                 h('a', {class: 'button', download: true, href: api`/messages/${one.message}/raw`},
                   '下载原件'))]));
}

export async function mailboxesPage() {
  const element = h('div', {class: 'page mailboxes'});
  async function draw() {
    const answer = await get(api`/mailboxes`);
    show(
        element, h('div', {class: 'head'}, h('h1', {}, '邮箱')), boxTable(answer.mailboxes),
        h('h2', {}, '每日台账'),
        h('p', {class: 'faint'}, '近七天每天收到的邮件，各项之和等于收到数；随处理情况更新。'),
        dayTable(answer.days),
        h('h2', {}, '没有送到的回信'), h('p', {class: 'faint'}, '请用电话等其他方式告知对方。'),
        lost(answer), h('h2', {}, '读不出来的邮件'),
        h('p', {class: 'faint'}, '原件都在。可以让系统再读一次；仍读不出的，下载原件查看。'),
        unread(answer, draw));
  }
  const again = () => draw().catch((error) => show(element, failure(error, again)));
  await draw();
  return {
    title: '邮箱',
    element,
    keys: [[['.'], '重新读取', again]],
    changed: ({changed}) => {
      if (changed) again();
    }
  };
}
