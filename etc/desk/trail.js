// What was written to a registrant and what was done, as tables.
import {detail, trouble} from './details.js';
import {h, table} from './dom.js';
import {when, word} from './words.js';

const below = (words, kind = '') => words && h('small', {class: kind}, words);

export const letterTable = (letters) => table(
    ['时间', '回信', '收件人', '状态'],
    letters.map(
        (one) =>
            [when(one.sent || one.created),
             [word('letterKind', one.kind), below(one.subject)],
             one.to,
             [word('letter', one.state), below(trouble(one.error), 'bad')],
]),
    {class: 'trail'});

export const historyTable = (history) => table(
    ['时间', '谁', '做了什么'],
    history.map(
        (one) =>
            [when(one.at),
             word('person', one.actor),
             [word('audit', one.action), below(detail(one.action, one.detail))],
]));
