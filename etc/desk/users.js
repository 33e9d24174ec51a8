// Who may sign in.
import {api} from './address.js';
import {ask} from './dialog.js';
import {button, h, labelled, select, show, table} from './dom.js';
import {get, post} from './server.js';
import {can, officeName, offices, session} from './session.js';
import {failure} from './states.js';
import {choices, word} from './words.js';

const wholeCity = ['city', 'auditor'];

// A head makes no user with more rights than his own.
const roles = () =>
    choices('userRole').filter(([role]) => can('all_offices') || !wholeCity.includes(role));

function add(done) {
  const name = h('input', {required: true, pattern: '[a-z0-9._\\-]{2,32}', autocomplete: 'off'});
  const display = h('input', {required: true, maxlength: '40'});
  const role = select({}, roles(), 'clerk');
  const office = select({}, offices().map((one) => [one.id, one.name]), session().user.office);
  const password = h('input', {type: 'password', required: true, autocomplete: 'new-password'});
  return ask({
    title: '添加用户',
    confirm: '添加',
    content: [
      labelled('用户名', name, '登录用，小写字母和数字'), labelled('姓名', display),
      labelled('职责', role), labelled('单位', office),
      labelled('初始密码', password, '请本人登录后立即修改')
    ],
    act: async () => {
      await post(api`/users`, {
        name: name.value,
        display: display.value,
        role: role.value,
        office: office.value,
        password: password.value
      });
      done();
    },
  });
}

function newPassword(user) {
  const password = h('input', {type: 'password', required: true, autocomplete: 'new-password'});
  return ask({
    title: `给${user.display}设新密码`,
    confirm: '设定',
    content: [labelled('新密码', password, '请本人登录后立即修改')],
    act: () => post(api`/users/${user.name}`, {password: password.value}).then(() => true),
  });
}

function switchUser(user, done) {
  return ask({
    title: user.disabled ? `重新启用${user.display}？` : `停用${user.display}？`,
    confirm: user.disabled ? '启用' : '停用',
    danger: !user.disabled,
    content:
        h('p', {},
          user.disabled ? '启用后可以用原来的密码登录。' :
                          '停用后立即不能登录，已做的决定和记录保留。'),
    act: async () => {
      await post(api`/users/${user.name}`, {disabled: !user.disabled});
      done();
    },
  });
}

export async function usersPage() {
  const element = h('div', {class: 'page users'});
  async function draw() {
    const {users} = await get(api`/users`);
    const row = (user) =>
        [user.name, user.display, word('userRole', user.role), officeName(user.office),
         user.totp ? '✓ 已启用' : '未启用',
         user.disabled ? h('span', {class: 'bad'}, '✕ 已停用') : '✓ 可登录',
         h('span', {class: 'actions'}, button('新密码', () => newPassword(user)),
           user.name !== session().user.name &&
               button(user.disabled ? '启用' : '停用', () => switchUser(user, again)))];
    show(
        element,
        h('div', {class: 'head'}, h('h1', {}, '用户'),
          h('p', {class: 'actions'}, button('添加用户 +', () => add(again), {class: 'main'}))),
        table(['用户名', '姓名', '职责', '单位', '动态验证码', '状态', ''], users.map(row)),
        h('p', {class: 'faint'}, '动态验证码由管理员在服务器上用 dengji user 命令启用。'));
  }
  const again = () => draw().catch((error) => show(element, failure(error, again)));
  await draw();
  return {title: '用户', element, keys: [[['+'], '添加用户', () => add(again)]]};
}
