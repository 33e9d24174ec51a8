// Who works here: signing in, at the start and again in front of a page whose session has ended,
// and signing out.
import {api} from './address.js';
import {ask} from './dialog.js';
import {button, h, labelled, show} from './dom.js';
import {onSignedOut, post, session as asks, setToken} from './server.js';
import {learn} from './words.js';

let now = null;

export const session = () => now;
export const can = (what) => Boolean(now?.can?.[what]);
export const offices = () => everyOffice().filter((office) => office.mine);
const everyOffice = () => now?.offices ?? [];
// 邵阳市双清区互联网信息办公室 is 双清区 among its like.
export function shortOffice(name) {
  const area = name.replace(/(互联网信息办公室|网信办)$/, '');
  const city = now?.city ?? '';
  return area.startsWith(city) && area.length > city.length ? area.slice(city.length) :
                                                              area || name;
}
// Those a submission may be handed to: more than the user works for.
export const otherOffices = (own) => everyOffice().filter((office) => office.id !== own);
export const officeName = (id) =>
    everyOffice().find((office) => office.id === id)?.name ?? (id || '全部单位');

function begin(answer) {
  now = answer;
  setToken(answer.csrf);
  learn(answer.words);
  return answer;
}

// null: nobody is signed in.
export async function resume() {
  try {
    return begin(await asks.read());
  } catch (error) {
    if (error.status === 401) return null;
    throw error;
  }
}

// The fields and what they do; `done` is called with the new session.
function signInForm(done, name = '') {
  const user = h(
      'input',
      {name: 'name', autocomplete: 'username', required: true, value: name, readOnly: name !== ''});
  const password =
      h('input',
        {name: 'password', type: 'password', autocomplete: 'current-password', required: true});
  const code = h(
      'input', {name: 'code', inputmode: 'numeric', autocomplete: 'one-time-code', maxlength: '6'});
  const codeRow = labelled('动态验证码', code, '手机验证器上显示的6位数字');
  const message = h('p', {class: 'error', role: 'alert', hidden: true});
  const enter = h('button', {type: 'submit', class: 'main'}, '登录');
  codeRow.hidden = true;

  const refused = (error) => {
    const needed = error.code === 'code-needed';
    if (needed) codeRow.hidden = false;
    message.textContent = needed && code.value === '' ? '请输入动态验证码。' : error.message;
    message.hidden = false;
    (needed ? code : password).focus();
    if (!needed) password.select();
  };
  const submit = async (event) => {
    event.preventDefault();
    enter.disabled = true;
    try {
      done(begin(await asks.open(user.value.trim(), password.value, code.value.trim())));
    } catch (error) {
      refused(error);
    } finally {
      enter.disabled = false;
    }
  };
  return h(
      'form', {class: 'sign-in', onsubmit: submit}, labelled('用户名', user),
      labelled('密码', password), codeRow, message, enter);
}

// The whole window, when nobody is signed in.
export const signIn = () => new Promise((resolve) => {
  const form = signInForm(resolve);
  show(
      document.body, h('main', {class: 'sign-in-page'}, h('h1', {}, '互联网平台登记工作台'), form));
  form.elements.name.focus();
});

let renewing = null;

function signInAgain() {
  const dialog = h('dialog', {class: 'narrow again', oncancel: (event) => event.preventDefault()});
  return new Promise((resolve) => {
    const form = signInForm((answer) => {
      dialog.close();
      dialog.remove();
      resolve(answer);
    }, now?.user.name ?? '');
    dialog.append(
        h('h2', {}, '请重新登录'),
        h('p', {}, '登录已超时或在别处退出。登录后接着做，已填写的内容不会丢失。'), form,
        button('换一个用户', () => location.reload(), {class: 'link'}));
    document.body.append(dialog);
    dialog.showModal();
    form.elements.password.focus();
  });
}

// Several questions may find the session ended at once: one dialog serves them all.
onSignedOut(() => {
  renewing ??= resume().then((answer) => answer ?? signInAgain()).finally(() => {
    renewing = null;
  });
  return renewing;
});

export async function signOut() {
  await asks.close().catch(() => {});
  location.hash = '';
  location.reload();
}

export function changePassword() {
  const old = h('input', {type: 'password', autocomplete: 'current-password', required: true});
  const fresh = h('input', {type: 'password', autocomplete: 'new-password', required: true});
  const again = h('input', {type: 'password', autocomplete: 'new-password', required: true});
  return ask({
    title: '修改自己的密码',
    content: [
      labelled('现在的密码', old), labelled('新密码', fresh), labelled('再输入一次新密码', again)
    ],
    confirm: '修改',
    act: async () => {
      if (fresh.value !== again.value) throw new Error('两次输入的新密码不一样。');
      await post(api`/session/password`, {old: old.value, new: fresh.value});
    },
  });
}
