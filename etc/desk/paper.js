// A submission that came on paper, registered by hand. The form's fields come from the server; a
// record's number fills them in.
import {api} from './address.js';
import {tell} from './dialog.js';
import {button, h, labelled, select, show} from './dom.js';
import {get, post} from './server.js';
import {offices, session} from './session.js';
import {today, word} from './words.js';

const kinds = {
  date: 'date',
  phone: 'tel',
  email: 'email'
};

// A value that the browser's own control would drop is edited as a text.
function control(field, value) {
  const props = {name: field.key, required: field.mandatory, autocomplete: 'off'};
  if (field.type === 'longtext') return h('textarea', {...props, rows: '3', value});
  if (field.type === 'choice' && (value === '' || field.choices.includes(value)))
    return select(props, [['', '请选择'], ...field.choices.map((one) => [one, one])], value);
  const isPlain = field.type === 'date' && value !== '' && !/^\d{4}-\d\d-\d\d$/.test(value);
  return h('input', {...props, type: isPlain ? 'text' : kinds[field.type] ?? 'text', value});
}

// The kind of action stands above.
const written = (field) => field.key !== 'action';

function fieldInputs(form, values) {
  const groups = new Map();
  for (const field of form.fields.filter(written))
    groups.set(field.group ?? '', [...(groups.get(field.group ?? '') ?? []), field]);
  return [...groups].map(
      ([group, fields]) =>
          h('fieldset', {}, group && h('legend', {}, group),
            h('div', {class: 'grid'},
              fields.map(
                  (field) => labelled(
                      [field.mandatory && h('span', {class: 'must'}, '*'), field.label],
                      control(field, values[field.key] ?? ''))))));
}

export async function paperPage(_, query) {
  const [forms, record] = await Promise.all(
      [get(api`/forms`), query.number ? get(api`/records/${query.number}`) : null]);
  const values = Object.fromEntries(
      (record?.versions.at(-1)?.fields ?? []).map((field) => [field.key, field.value]));
  const own = record?.office ?? session().user.office;
  const office =
      select({disabled: Boolean(record)}, offices().map((one) => [one.id, one.name]), own);
  const form = select(
      {disabled: Boolean(record)}, Object.keys(forms).map((kind) => [kind, word('form', kind)]),
      record?.form ?? Object.keys(forms)[0]);
  const actions = record ? ['change', 'suspend', 'cancel'] : ['new'];
  const action = select({}, actions.map((kind) => [kind, word('action', kind)]), actions[0]);
  const received = h('input', {type: 'date', value: today(), max: today(), required: true});
  const note = h('input', {maxlength: '500', placeholder: '如：经办人当面递交，原件存档第3卷'});
  const inputs = h('div');
  const message = h('p', {class: 'error', role: 'alert', hidden: true});
  const enter = h('button', {type: 'submit', class: 'main'}, '登记 Ctrl+Enter');

  const typed = () => Object.fromEntries(
      [...inputs.querySelectorAll('[name]')].map((one) => [one.name, one.value.trim()]));
  const draw = () => show(inputs, fieldInputs(forms[form.value], {...values, ...typed()}));
  async function submit(event) {
    event.preventDefault();
    if (enter.disabled) return;
    enter.disabled = true;
    message.hidden = true;
    try {
      const {number} = await post(api`/records`, {
        office: office.value,
        form: form.value,
        action: action.value,
        number: record?.number ?? '',
        fields: {...typed(), action: word('action', action.value)},
        received: received.value,
        note: note.value
      });
      await tell('已登记', h('p', {}, '登记编号：', h('strong', {}, number)));
      location.hash = `/record/${encodeURIComponent(number)}`;
    } catch (error) {
      message.textContent = error.message;
      message.hidden = false;
      message.scrollIntoView({block: 'nearest'});
    } finally {
      enter.disabled = false;
    }
  }
  form.addEventListener('change', draw);
  draw();
  const element = h(
      'form', {class: 'page paper', onsubmit: submit},
      h('div', {class: 'head'},
        h('h1', {}, record ? `纸质材料：${record.platform} ${record.number}` : '纸质登记'),
        h('p', {class: 'faint'},
          '登记主体当面或邮寄递交纸质登记表时，由工作人员照表录入。带 * 的必须填写。',
          !record &&
              '变更、停用或注销的，请先在“查询”中打开原登记，再点“用纸质材料变更、停用或注销”。')),
      h('fieldset', {}, h('legend', {}, '收件'),
        h('div', {class: 'grid'}, labelled('登记单位', office), labelled('平台类别', form),
          labelled('登记类别', action), labelled('收到日期', received),
          h('div', {class: 'wide'}, labelled('备注', note)))),
      inputs, message, h('footer', {}, button('清空', () => {
                           if (confirm('清空已填写的内容？')) {
                             show(inputs);
                             draw();
                           }
                         }), enter));
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.ctrlKey) element.requestSubmit();
  });
  return {title: '纸质登记', element, shown: () => inputs.querySelector('input, select')?.focus()};
}
