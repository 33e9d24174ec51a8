// What the audit keeps beside an action, and what went wrong with a mailbox or a letter, as a clerk
// would say it: a pattern and words for each. What fits no pattern is shown as it stands.
import {officeName, shortOffice} from './session.js';
import {word} from './words.js';

const office = (id) => shortOffice(officeName(id));
const noted = (note) => (note ? `，备注：${note}` : '');
const letter = (kind) => (kind === 'none' ? '不发回信' : `回信：${word('letterKind', kind)}`);
const told = (kind, error) => word('letterKind', kind) + (error ? `：${trouble(error)}` : '');

const decided = (form, platform, decision, change, number, version) =>
    `${word('form', form)}“${platform}”：${word('decision', decision)}` +
    (number ? `，${word('change', change)} ${number} 第${version}版` : '');

const details = {
  receive: [/^(.*)$/s, (mailbox) => `邮箱 ${mailbox}`],
  'set-aside': [/^(.*)$/s, (reason) => word('aside', reason)],
  decide: [
    /^(\w*) (.*): (accept|review|reject)(?:, (\w+) (\S+) version (\d+))?$/s, decided
  ],
  settle: [
    /^([\w-]+), reply: ([\w-]+)$/,
    (disposition, kind) => `${word('disposition', disposition)}，${letter(kind)}`
  ],
  'hold-poison': [/^(\S+)$/, (code) => word('finding', code)],
  requeue: [/^was (\w+)$/, (state) => `原来${word('mail', state)}`],
  rule: [
    /^(S\d+) (\w+)(?:: (.*))?$/s,
    (id, kind, note) => `${id} ${word('ruling', kind)}${noted(note)}`
  ],
  'carry-out': [
    /^(S\d+) (\w+)(?:, (\S+))?, letter: ([\w-]+)$/,
    (id, kind, number, sent) =>
        [`${id} ${word('ruling', kind)}`, number, letter(sent)].filter(Boolean).join('，')
  ],
  revoke: [
    /^(S\d+)(?:, (\S+) version (\d+))?$/,
    (id, number, version) => (number ? `${id}，${number} 第${version}版收回` : id)
  ],
  forward: [
    /^(S\d+) from (\S*) to (\S+?)(?:: (.*))?$/s,
    (id, from, to, note) => `${id} 由${office(from)}转交${office(to)}${noted(note)}`
  ],
  paper: [/^(\S+?)(?:: (.*))?$/s, (number, note) => number + noted(note)],
  import: [
    /^(\S+) version (\d+) of register (\S+)$/,
    (number, version, register) => `${number} 第${version}版，来自登记库 ${register}`
  ],
  sent: [/^([\w-]+)(?:: (.*))?$/s, told],
  'reply-failed': [/^([\w-]+)(?:: (.*))?$/s, told],
  'reply-undelivered': [/^([\w-]+)(?:: (.*))?$/s, told],
};

export function detail(action, text) {
  if (!Object.hasOwn(details, action)) return text;
  const [pattern, say] = details[action];
  const parts = pattern.exec(text);
  return parts ? say(...parts.slice(1)) : text;
}

const troubles = [
  [/disk is nearly full/, '磁盘将满，暂停收信'],
  [/log ?in|authori[sz]|authenticat|\b535\b/i, '登录失败，请运维人员核对密码或授权码'],
  [/certificate|SSL|TLS/, '不能确认服务器的身份'],
  [/resolve/i, '找不到服务器'],
  [/folder/, '打不开邮箱的文件夹'],
  [/connect|closed|in time|timed? ?out|goodbye|interrupted|daemon ended/i, '连接不通，会自动重试'],
  [/not an address/, '收件人地址不对'],
  [/no longer in the configuration/, '配置中已没有这个单位'],
  [/\b4\d\d\b/, '对方服务器请稍后再发'],
  [/\b5\d\d\b/, '对方服务器拒收'],
];

// The words for the operator, who may be asked, stay beside it.
export function trouble(text) {
  const words = troubles.find(([pattern]) => pattern.test(text))?.[1];
  return words ? `${words}（${text}）` : text;
}
