// What changes while one looks: the server is asked every few seconds whether the queue is another,
// and who else looks at the same submission. While the window is hidden it is asked rarely.
import {api, asking} from './address.js';
import {glance} from './server.js';

const seconds = 3;
const hiddenSeconds = 15;

let viewing = '';
let mark = null;
let timer = null;
let listener = () => {};

// `heard` is called with {held, viewers, changed} or with {failed: true}.
export function listen(heard) {
  listener = heard;
  schedule(0);
}

// From now on this submission is looked at ("": none).
export function look(id) {
  viewing = id;
  schedule(0);
}

function schedule(delay) {
  clearTimeout(timer);
  timer = setTimeout(poll, delay * 1000);
}

async function poll() {
  const asked = viewing;
  try {
    const answer = await glance(asking(api`/changes`, {viewing: asked}));
    const changed = mark !== null && answer.mark !== mark;
    mark = answer.mark;
    if (asked === viewing) listener({...answer, changed});
  } catch (error) {
    listener({failed: true, signedOut: error.code === 'signed-out'});
  }
  if (asked === viewing) schedule(document.hidden ? hiddenSeconds : seconds);
}

document.addEventListener('visibilitychange', () => {
  if (!document.hidden) schedule(0);
});
