// Two short texts side by side: which characters of the one are not in the other, in order (longest
// common subsequence).
import {h} from './dom.js';

const longest = 64;  // beyond, texts are read as a whole

function common(one, other) {
  const length = one.map(() => new Array(other.length + 1).fill(0)).concat([
    new Array(other.length + 1).fill(0)
  ]);
  for (let i = one.length - 1; i >= 0; --i) {
    for (let j = other.length - 1; j >= 0; --j) {
      length[i][j] = one[i] === other[j] ? length[i + 1][j + 1] + 1 :
                                           Math.max(length[i + 1][j], length[i][j + 1]);
    }
  }
  const kept = new Set();
  for (let i = 0, j = 0; i < one.length && j < other.length;) {
    if (one[i] === other[j]) {
      kept.add(i++);
      ++j;
    } else if (length[i + 1][j] >= length[i][j + 1])
      ++i;
    else
      ++j;
  }
  return kept;
}

// `text` with the characters marked that `other` does not have there.
export function marked(text, other) {
  const one = [...text];
  const against = [...other];
  if (one.length > longest || against.length > longest) return [text];
  const kept = common(one, against);
  const runs = [];
  one.forEach((character, i) => {
    const same = kept.has(i);
    if (runs.length === 0 || runs.at(-1).same !== same) runs.push({same, text: ''});
    runs.at(-1).text += character;
  });
  return runs.map((run) => (run.same ? run.text : h('mark', {}, run.text)));
}
