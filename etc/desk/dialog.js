// A question in front of the page. Enter confirms (Ctrl+Enter where lines are written), Esc
// cancels; a refusal is shown in it, and what was filled in stays.
import {button, h} from './dom.js';

// Resolves to what `act` gave, or to undefined when it was cancelled.
export function ask({
  title,
  content = [],
  confirm = '确定',
  danger = false,
  kind = 'narrow',
  act = async () => true,
  focus,
  cancels = true
}) {
  const message = h('p', {class: 'error', role: 'alert', hidden: true});
  const yes = h('button', {type: 'submit', class: danger ? 'main danger' : 'main'}, confirm);
  const dialog = h('dialog', {class: kind, 'aria-label': title});
  return new Promise((resolve) => {
    let outcome;
    const submit = async (event) => {
      event.preventDefault();
      if (yes.disabled) return;
      yes.disabled = true;
      try {
        outcome = await act();
        dialog.close();
      } catch (error) {
        message.textContent = error.message;
        message.hidden = false;
      } finally {
        yes.disabled = false;
      }
    };
    const form =
        h('form', {onsubmit: submit}, h('h2', {}, title), h('div', {class: 'dialog-body'}, content),
          message, h('footer', {}, cancels && button('取消 Esc', () => dialog.close()), yes));
    form.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(outcome);
    });
    dialog.append(form);
    document.body.append(dialog);
    dialog.showModal();
    (focus ?? form.querySelector('input, select, textarea') ?? yes).focus();
  });
}

// Something to read.
export function tell(title, content, kind = 'narrow') {
  return ask({title, content, kind, confirm: '知道了', cancels: false});
}
