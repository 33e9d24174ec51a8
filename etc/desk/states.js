// What a page shows instead of what it cannot show.
import {button, h, show} from './dom.js';

export const loading = () => h('p', {class: 'state loading', role: 'status'}, '正在读取…');

export const empty = (words, ...more) => h('div', {class: 'state empty'}, h('p', {}, words), more);

const advice = {
  404: '可能已转交其他单位，或者不属于本单位。',
  403: '您的账号没有这项权限。',
};

export function failure(error, retry) {
  console.error(error);
  const known = 'status' in error;
  return h(
      'div', {class: 'state failed', role: 'alert'},
      h('p', {}, known ? error.message : `页面出错：${error.message}`),
      advice[error.status] && h('p', {}, advice[error.status]), retry && button('重试', retry));
}

// Fills `element` with what `draw` makes of the answer; while it is asked for, and when that fails,
// says so.
export async function fillWith(element, question, draw) {
  if (element.childElementCount === 0) show(element, loading());
  try {
    show(element, draw(await question()));
  } catch (error) {
    show(element, failure(error, () => fillWith(element, question, draw)));
  }
}
