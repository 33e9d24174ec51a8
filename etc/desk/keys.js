// The keyboard. A page says what its keys do and what that is called; a key means nothing while a
// text is written or a dialog is open. Capital letters, full-width signs and a switched-on input
// method count as the plain key.
import {tell} from './dialog.js';
import {h} from './dom.js';

let ofPage = [];
let ofDesk = [];

// [[key, ...more keys], words, act]
export const setPageKeys = (bindings) => {
  ofPage = bindings;
};
export const setDeskKeys = (bindings) => {
  ofDesk = bindings;
};

const plain = {
  '？': '?',
  '／': '/',
  '［': '[',
  '］': ']',
  '【': '[',
  '】': ']',
  '＋': '+',
  '－': '-',
  '=': '+',
  '，': ',',
  '。': '.'
};

function pressed(event) {
  let {key} = event;
  if (key === 'Process' && event.code.startsWith('Key')) key = event.code.slice(3);
  if (key.length === 1) key = key.toLowerCase();
  return plain[key] ?? key;
}

const writes = (target) => target.closest?.(
    'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]');
const actsItself = (target, key) =>
    (key === 'Enter' || key === ' ') && target.closest?.('button, a, summary, input');

document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.querySelector('dialog[open]')) return;
  const key = pressed(event);
  if (writes(event.target)) {
    if (key === 'Escape') event.target.blur();
    return;
  }
  if (actsItself(event.target, key)) return;
  const binding = [...ofPage, ...ofDesk].find(([keys]) => keys.includes(key));
  if (!binding) return;
  event.preventDefault();
  binding[2](key);
});

const names = {
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Enter: 'Enter',
  ' ': '空格'
};

const listed = (bindings) =>
    h('dl', {class: 'keys'},
      bindings.filter(([, words]) => words)
          .map(
              ([keys, words]) =>
                  [h('dt', {}, keys.map((key) => h('kbd', {}, names[key] ?? key))),
                   h('dd', {}, words)]));

export function showKeys() {
  return tell(
      '键盘操作',
      h('div', {class: 'columns'},
        ofPage.length > 0 && h('section', {}, h('h3', {}, '本页'), listed(ofPage)),
        h('section', {}, h('h3', {}, '各页'),
          listed(ofDesk.filter(([keys]) => !ofPage.some(([own]) => own.includes(keys[0])))),
          h('h3', {}, '确认窗口'),
          h('dl', {class: 'keys'}, h('dt', {}, h('kbd', {}, 'Enter')),
            h('dd', {}, '确认（在回信正文里按 Ctrl+Enter）'), h('dt', {}, h('kbd', {}, 'Esc')),
            h('dd', {}, '取消'), h('dt', {}, h('kbd', {}, 'Tab')),
            h('dd', {}, '下一栏；空格勾选')))),
      'wide');
}
