// What the server's words are called, and times, sizes and numbers as people say them.

const tables = {
  severity: {defect: '差错', doubt: '疑点', note: '提示'},
  state: {
    held: '待审',
    ruled: '已决定，尚未发信',
    accepted: '已登记',
    rejected: '未登记',
    superseded: '已由新材料代替'
  },
  ruling: {accept: '登记', correct: '要求补正', reject: '不予登记', forward: '转交'},
  status: {active: '有效', suspended: '停用', cancelled: '注销'},
  letter: {
    owed: '待发',
    sending: '正在发送',
    sent: '已发出',
    failed: '发送失败',
    uncertain: '重新发送',
    undelivered: '被对方邮箱退回',
    withdrawn: '已撤回',
  },
  letterKind: {
    receipt: '受理回执',
    rejection: '补正通知',
    held: '审核中通知',
    'no-submission': '未见登记材料',
    duplicate: '重复报送回执',
    mixed: '办理结果',
    refusal: '不予登记通知',
    'too-large': '邮件过大通知',
    reminder: '催办通知',
  },
  event: {summons: '约谈', naming: '通报', note: '备注'},
  page: {form: '登记表', certificate: '证件', commitment: '承诺书', other: '其他'},
  shape: {round: '圆章', oval: '椭圆章', square: '方章'},
  seal: {matches: '与登记主体一致', differs: '与登记主体不一致', unread: '文字未能辨认'},
  why: {
    damaged: '文件损坏',
    dark: '太暗',
    contrast: '对比太弱',
    resolution: '分辨率太低',
    blur: '模糊'
  },
  class:
      {government: '机关、事业单位、人民团体', organisation: '企业、社会组织', individual: '个人'},
  number: {
    uscc: '统一社会信用代码',
    orgcode: '组织机构代码',
    licence: '营业执照注册号',
    citizen: '身份证号'
  },
  person: {dengjid: '系统'},
  change: {create: '新登记', append: '变更', repeat: '与登记相同'},
  disposition: {submission: '登记材料', 'no-submission': '没有登记材料', ignored: '不需答复'},
  mail: {settled: '已处理', poison: '读不出'},
  aside: {backlog: '启用系统以前的邮件', 'not-given': '邮箱服务器没有给出这封邮件'},
  audit: {
    receive: '收到',
    'set-aside': '搁置，不处理',
    decide: '系统判断',
    settle: '系统审核完毕',
    remind: '去信催办',
    import: '导入',
    revoke: '收回决定',
    'hold-poison': '读不出，交人工',
    requeue: '重新读取',
    rule: '作出决定',
    undo: '撤销决定',
    'carry-out': '决定生效',
    forward: '转交',
    paper: '登记纸质材料',
    reply: '拟好回信',
    sent: '回信已发出',
    'reply-failed': '回信发送失败',
    'reply-undelivered': '回信被退回',
  },
  userRole: {clerk: '经办人', head: '负责人', city: '市级', auditor: '审计（只看）'},
};

// The office's own words, from the session, come first.
export function learn(words) {
  for (const [name, own] of Object.entries(words)) tables[name] = {...tables[name], ...own};
}

export const word = (name, key) =>
    (Object.hasOwn(tables[name] ?? {}, key) ? tables[name][key] : String(key ?? ''));
export const choices = (name) => Object.entries(tables[name] ?? {});

export const people = (names) => names.map((name) => word('person', name)).join('、');

const two = (number) => String(number).padStart(2, '0');
const eight = (time) =>
    new Date(time.getTime() + 8 * 3600 * 1000);  // UTC+8, read by the UTC getters

export function day(text) {
  const time = eight(text instanceof Date ? text : new Date(text));
  return `${time.getUTCFullYear()}-${two(time.getUTCMonth() + 1)}-${two(time.getUTCDate())}`;
}

// 2018-08-20 09:30, always in Beijing's time.
export function when(text) {
  if (!text) return '';
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) return String(text);
  return `${day(time)} ${two(eight(time).getUTCHours())}:${two(eight(time).getUTCMinutes())}`;
}

// "期限 2018-09-13", and whether it was kept.
export const dueWords = (due, received) =>
    due && `报送期限 ${due}${day(received) > due ? '，逾期' : ''}`;

// The same without the year where it is this one.
export const recently = (text) => when(text).replace(`${today().slice(0, 4)}-`, '');

export const today = () => day(new Date());

const count = (number, unit) => `${Math.floor(number)}${unit}`;

// "3天", "5小时", "20分钟", "刚刚"
export function lasted(seconds) {
  if (seconds >= 86400) return count(seconds / 86400, '天');
  if (seconds >= 3600) return count(seconds / 3600, '小时');
  if (seconds >= 60) return count(seconds / 60, '分钟');
  return '不到1分钟';
}

export const bytes = (size) => {
  if (size >= 1 << 20) return `${(size / (1 << 20)).toFixed(1)} MB`;
  return `${Math.max(1, Math.round(size / 1024))} KB`;
};

export const number = (value) => Number(value ?? 0).toLocaleString('zh-CN');
