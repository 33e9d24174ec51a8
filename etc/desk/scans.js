// The files of a submission beside its form: a tab a file, its pages, the picture with what was
// found on it, and what the program made of the page, in words.
import {api} from './address.js';
import {button, h, show} from './dom.js';
import {pictureView} from './picture.js';
import {bytes, word} from './words.js';

const arrows = {
  ArrowLeft: [1, 0],
  ArrowRight: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1]
};

const sealWords = (seal) => [word('shape', seal.shape) || '印章', seal.text && `“${seal.text}”`,
                             word('seal', seal.name)]
                                .filter(Boolean)
                                .join(' ');
const numberWords =
    (one) => [word('number', one.type), one.text, one.agrees === true && '与登记表一致',
              one.agrees === false && '与登记表不一致']
                 .filter(Boolean)
                 .join(' ');

function boxesOf(page, chosen) {
  return [
    ...page.seals.map((seal) => ({box: seal.box, kind: 'seal', words: sealWords(seal)})),
    ...page.numbers.map((one) => ({
                          box: one.box,
                          kind: one.agrees === false ? 'number differs' : 'number',
                          words: numberWords(one)
                        })),
    ...(chosen ? [{box: chosen, kind: 'finding'}] : []),
  ].filter(({box}) => box);
}

const fact = (isFine, words) =>
    h('li', {class: isFine === false ? 'bad' : ''}, isFine === false && '！', words);

function facts(page) {
  const {quality} = page;
  return [
    page.kind && fact(null, word('page', page.kind)),
    quality &&
        (quality.readable ?
             fact(true, '清晰') :
             fact(false, `看不清${quality.why ? `（${word('why', quality.why)}）` : ''}`)),
    quality?.monochrome && fact(false, '黑白'),
    page.name && fact(null, `名称：${page.name}`),
    page.legal_name && fact(null, `法定代表人（负责人）：${page.legal_name}`),
    page.valid_until && fact(null, page.valid_until === 'long' ? '长期有效' : `有效期至${page.valid_until}`),
    ...page.seals.map((seal) => fact(seal.name === 'differs' ? false : null, sealWords(seal))),
    ...page.numbers.map((one) => fact(one.agrees, numberWords(one))),
  ].filter(Boolean);
}

export function scanView(submission) {
  const picture = pictureView();
  const tabs = h('div', {class: 'tabs', role: 'tablist', 'aria-label': '文件'});
  const pager = h('span', {class: 'pager'});
  const told = h('ul', {class: 'facts'});
  const instead = h('div', {class: 'instead', hidden: true});
  const tools =
      h('div', {class: 'tools', role: 'toolbar', 'aria-label': '图像'},
        button('＋', picture.closer, {title: '放大（+）', 'aria-label': '放大'}),
        button('－', picture.farther, {title: '缩小（-）', 'aria-label': '缩小'}),
        button('整页', picture.fit, {title: '整页（0）'}),
        button('旋转', picture.rotate, {title: '旋转（r）'}), pager);
  const {files} = submission;
  let file = null;
  let number = 1;
  let box = null;

  const original = (one) =>
      h('a', {
        href: api`/submissions/${submission.id}/files/${one.index}`,
        download: true,
        class: 'button'
      },
        `下载原件（${bytes(one.bytes)}）`);
  const page = () => file?.pages.find((one) => one.page === number);

  function draw() {
    show(
        tabs,
        files.map(
            (one) =>
                h('button', {
                  type: 'button',
                  role: 'tab',
                  'aria-selected': String(one === file),
                  title: one.name,
                  onclick: () => goTo(one.index, 1, null),
                },
                  h('strong', {}, word('role', one.role)), h('small', {}, one.name))));
    const shown = file?.viewable ? page() : null;
    picture.element.hidden = !shown;
    instead.hidden = Boolean(shown);
    if (!file)
      show(instead, h('p', {}, '这份材料没有附件。'));
    else if (!shown)
      show(
          instead, h('p', {}, h('strong', {}, file.name)),
          h('p', {}, '这个文件不能在此显示。填写的内容在右边，需要时可以下载原件。'),
          original(file));
    tools.hidden = !shown;
    show(told, shown && facts(shown));
    show(
        pager,
        file?.pages.length > 1 &&
            [
              button('‹', () => turnPage(-1), {'aria-label': '上一页'}),
              `${number}/${file.pages.length}页`,
              button('›', () => turnPage(1), {'aria-label': '下一页'})
            ],
        shown && original(file));
    picture.open(
        shown ? {
          width: shown.width,
          height: shown.height,
          boxes: boxesOf(shown, box),
          address: api`/submissions/${submission.id}/files/${file.index}/pages/${number}.jpg`
        } :
                null);
    if (shown && box) picture.goTo(box);
  }
  // A box of null: the whole page.
  function goTo(index, pageNumber, chosenBox) {
    const found = files.find((one) => one.index === index);
    if (!found) return;
    const moved = found !== file || pageNumber !== number;
    file = found;
    number = pageNumber ?? 1;
    box = chosenBox;
    draw();
    if (!box && moved) picture.fit();
  }
  function turnPage(by) {
    const count = file?.pages.length ?? 0;
    if (number + by >= 1 && number + by <= count) goTo(file.index, number + by, null);
  }

  const first = files.find((one) => one.role === 'scan' && one.viewable) ??
      files.find((one) => one.viewable) ?? files[0];
  const element =
      h('section', {class: 'scans', 'aria-label': '附件'}, tabs, picture.element, instead,
        h('div', {class: 'under'}, tools, told));
  if (first)
    goTo(first.index, 1, null);
  else
    draw();
  return {
    element,
    goTo,
    leave: picture.leave,
    keys: [
      [['+'], '放大图像', picture.closer],
      [['-'], '缩小图像', picture.farther],
      [['0'], '显示整页', picture.fit],
      [['r'], '旋转图像', picture.rotate],
      [
        ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'], '移动图像',
        (key) => picture.pan(...arrows[key])
      ],
      [[','], '上一页', () => turnPage(-1)],
      [['.'], '下一页', () => turnPage(1)],
      [
        files.slice(0, 9).map((_, i) => String(i + 1)), '打开第几个文件',
        (key) => goTo(files[Number(key) - 1].index, 1, null)
      ],
    ],
  };
}
