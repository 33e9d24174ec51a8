// Elements from values. Text is always text: there is no way from here to markup, to a style
// attribute, to a script, or to an address that address.js did not make.
import {Address} from './address.js';

const properties =
    new Set(['value', 'checked', 'disabled', 'selected', 'indeterminate', 'readOnly']);
const addresses = new Set(['href', 'src']);
const refused = new Set(['style', 'srcdoc', 'action', 'formaction']);

function set(element, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name.startsWith('on')) {
    element.addEventListener(name.slice(2), value);
  } else if (refused.has(name) || (addresses.has(name) && !(value instanceof Address))) {
    throw new TypeError(`${name} is not set from a text`);
  } else if (properties.has(name)) {
    element[name] = value;
  } else {
    element.setAttribute(name, value === true ? '' : String(value));
  }
}

function fill(element, props, children) {
  element.append(...children.flat(Infinity).filter(
      (child) => child !== undefined && child !== null && child !== false));
  for (const [name, value] of Object.entries(props ?? {})) set(element, name, value);
  return element;
}

// h("button", {class: "main", onclick: act}, "登记")
export const h = (tag, props, ...children) => fill(document.createElement(tag), props, children);

// The same for drawings.
export const svg = (tag, props, ...children) =>
    fill(document.createElementNS('http://www.w3.org/2000/svg', tag), props, children);

export const show = (element, ...children) => {
  element.replaceChildren();
  return fill(element, {}, children);
};

export const button = (words, act, props = {}) =>
    h('button', {type: 'button', onclick: act, ...props}, words);

// A choice among [value, words] pairs.
export const select = (props, choices, chosen) =>
    h('select', props,
      choices.map(([value, words]) => h('option', {value, selected: value === chosen}, words)));

export const labelled = (words, control, hint) =>
    h('label', {class: 'labelled'}, h('span', {class: 'label'}, words), control,
      hint && h('small', {}, hint));

// A table with a header row; a cell is a text, an element or an array of both.
export const table = (heads, rows, props = {}) => h(
    'table', props, h('thead', {}, h('tr', {}, heads.map((head) => h('th', {scope: 'col'}, head)))),
    h('tbody', {}, rows.map((cells) => h('tr', {}, cells.map((cell) => h('td', {}, cell))))));

const voice = h('div', {class: 'unseen', role: 'status'});

// Read aloud by screen readers, not shown.
export function announce(words) {
  if (!voice.isConnected) document.body.append(voice);
  voice.textContent = words;
}
