// The desk: signs in, draws the bar that is above each page, and shows the page that the address
// names.
import {desk} from './address.js';
import {button, h, show} from './dom.js';
import {setDeskKeys, setPageKeys, showKeys} from './keys.js';
import {listen, look} from './live.js';
import {mailboxesPage} from './mailboxes.js';
import {paperPage} from './paper.js';
import {queuePage} from './queue.js';
import {recordPage} from './record.js';
import {reportsPage} from './reports.js';
import {reviewPage} from './review.js';
import {searchPage} from './search.js';
import {renewSession} from './server.js';
import {can, changePassword, officeName, resume, session, signIn, signOut} from './session.js';
import {failure, loading} from './states.js';
import {undoBar, undoLast} from './undo.js';
import {usersPage} from './users.js';
import {number, word} from './words.js';

// A page is made from (id, query) and is {element, title, keys, changed(answer), leave(), viewing}.
const pages = {
  queue: queuePage,
  review: reviewPage,
  record: recordPage,
  search: searchPage,
  paper: paperPage,
  mailboxes: mailboxesPage,
  reports: reportsPage,
  users: usersPage,
};

const sections = () => [['queue', '待审', true],
                        ['search', '查询', true],
                        ['paper', '纸质登记', can('decide')],
                        ['mailboxes', '邮箱', true],
                        ['reports', '报表', true],
                        ['users', '用户', can('users')],
].filter(([, , allowed]) => allowed);

const main = h('main', {tabindex: '-1'});
const held = h('span', {class: 'count', hidden: true});
const connection =
    h('p', {class: 'connection', role: 'status', hidden: true}, '连接中断，正在重试');
let links = {};
let page = null;

function bar() {
  const {user} = session();
  links = Object.fromEntries(sections().map(
      ([name, words]) => [name, h('a', {href: desk`/${name}`}, words, name === 'queue' && held)]));
  const menu =
      h('details', {class: 'menu'}, h('summary', {}, user.display || user.name),
        h('div', {}, h('p', {}, word('userRole', user.role), h('br'), officeName(user.office)),
          button('修改密码', changePassword), button('退出登录', signOut)));
  document.addEventListener('click', (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  addEventListener('hashchange', () => {
    menu.open = false;
  });
  return h(
      'header', {class: 'bar'}, h('strong', {}, `${session().city}互联网平台登记`),
      h('nav', {'aria-label': '各页'}, Object.values(links)), connection,
      button([h('kbd', {}, '?'), ' 键盘'], showKeys, {class: 'quiet'}), menu);
}

function address() {
  const [path, query] = location.hash.slice(1).split('?');
  const [, name, id] = path.split('/').map(decodeURIComponent);
  return {
    name: Object.hasOwn(pages, name ?? '') ? name : 'queue',
    id: id ?? '',
    query: Object.fromEntries(new URLSearchParams(query))
  };
}

function mark(name) {
  const section = {review: 'queue', record: 'search'}[name] ?? name;
  for (const [other, link] of Object.entries(links)) {
    if (other === section)
      link.setAttribute('aria-current', 'page');
    else
      link.removeAttribute('aria-current');
  }
}

async function open() {
  const {name, id, query} = address();
  page?.leave?.();
  page = null;
  setPageKeys([]);
  mark(name);
  const waiting = loading();
  show(main, waiting);
  try {
    const made = await pages[name](id, query);
    if (!waiting.isConnected) return made.leave?.();  // another page was asked for meanwhile
    page = made;
    show(main, page.element);
    setPageKeys(page.keys ?? []);
    document.title = `${page.title} - 登记工作台`;
    page.shown?.();
  } catch (error) {
    if (waiting.isConnected) show(main, failure(error, open));
  }
  look(page?.viewing ?? '');
}

function heard(answer) {
  connection.hidden = !answer.failed || answer.signedOut;
  if (answer.signedOut) renewSession();
  if (answer.failed) return;
  held.hidden = answer.held === 0;
  held.textContent = number(answer.held);
  page?.changed?.(answer);
}

function digits() {
  return sections().map(([name, words], i) => [[String(i + 1)], `打开“${words}”`, () => {
                          location.hash = `/${name}`;
                        }]);
}

async function begin() {
  if (!(await resume())) await signIn();
  show(document.body, bar(), main, undoBar);
  setDeskKeys([
    ...digits(), [['u'], '撤销刚才的决定（发信之前）', undoLast], [['?'], '显示这些说明', showKeys]
  ]);
  addEventListener('hashchange', open);
  await open();
  listen(heard);
}

begin().catch((error) => show(document.body, failure(error, () => location.reload())));
