// A decision may be taken back until its letter is sent: the bar at the foot of every page counts
// the seconds.
import {api} from './address.js';
import {tell} from './dialog.js';
import {announce, button, h, show} from './dom.js';
import {ApiError, remove} from './server.js';
import {word} from './words.js';

const shownAtOnce = 3;

export const undoBar = h('aside', {class: 'undo', 'aria-label': '可以撤销的决定'});

let decisions = [];  // {id, platform, kind, until}, the newest first

const left = (decision) => Math.ceil((decision.until - Date.now()) / 1000);

// `seconds` from now; the server's own clock may be another.
export function decided(id, platform, kind, seconds) {
  decisions = [
    {id, platform, kind, until: Date.now() + seconds * 1000},
    ...decisions.filter((one) => one.id !== id)
  ];
  announce(`已决定：${word('ruling', kind)}，${platform}`);
  draw();
}

function entry(decision, isNewest) {
  decision.clock = h('span', {class: 'seconds'});
  return h(
      'p', {}, '已决定：', h('strong', {}, word('ruling', decision.kind)), ` ${decision.platform} `,
      button(['撤销', isNewest && [' ', h('kbd', {}, 'u')]], () => undo(decision.id)),
      decision.clock);
}

function draw() {
  show(undoBar, decisions.slice(0, shownAtOnce).map((decision, i) => entry(decision, i === 0)));
  undoBar.hidden = decisions.length === 0;
  tick();
}

let timer = 0;

// Only the seconds are written anew, so that a button does not vanish under a finger.
function tick() {
  clearTimeout(timer);
  if (decisions.some((decision) => left(decision) <= 0)) {
    decisions = decisions.filter((decision) => left(decision) > 0);
    draw();
    return;
  }
  for (const decision of decisions.slice(0, shownAtOnce))
    decision.clock.textContent = `还有${left(decision)}秒`;
  if (decisions.length > 0) timer = setTimeout(tick, 1000);
}

export async function undo(id) {
  try {
    await remove(api`/submissions/${id}/ruling`);
  } catch (error) {
    const words = error instanceof ApiError && error.code === 'sent' ?
        '回信已经发出，不能再撤销。需要更正时，请另行写信告知登记主体。' :
        error.message;
    await tell('没有撤销', h('p', {}, words));
    return;
  }
  decisions = decisions.filter((decision) => decision.id !== id);
  draw();
  announce('已撤销');
  const there = `/review/${encodeURIComponent(id)}`;
  if (location.hash === `#${there}`)
    dispatchEvent(new HashChangeEvent('hashchange'));
  else
    location.hash = there;
}

export function undoLast() {
  if (decisions.length > 0) undo(decisions[0].id);
}

undoBar.hidden = true;
