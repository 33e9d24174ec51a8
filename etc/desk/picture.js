// A page as a picture, with boxes over it: zoom by wheel, keys or two fingers, drag, turn. Boxes
// are in pixels of the page, and so is the stage on which picture and boxes lie; one transformation
// moves both.
import {h, show, svg} from './dom.js';

const closest = 12;  // screen pixels for one of the page
const step = 1.25;
const fill = 0.45;  // how much of the view a box takes that is jumped to

// `page`: {width, height, address, boxes: [{box, kind, words}]}; kind: seal, number, finding
export function pictureView() {
  const stage = h('div', {class: 'stage'});
  const words = h('p', {class: 'picture-words', hidden: true});
  const element =
      h('div', {class: 'picture', tabindex: '0', role: 'img', 'aria-label': '材料的图像'}, stage,
        words);
  let page = null;
  let scale = 1;
  let turn = 0;               // quarters, clockwise
  let middle = {x: 0, y: 0};  // where the page's middle is in the view
  let aim = fit;              // what a view of another size shows; null once it was moved by hand
  const fingers = new Map();

  const view = () => ({width: element.clientWidth, height: element.clientHeight});
  const turned = () =>
      (turn % 2 === 0 ? {width: page.width, height: page.height} :
                        {width: page.height, height: page.width});
  const fitting = () =>
      Math.min(view().width / turned().width, view().height / turned().height) * 0.98;

  function place() {
    if (!page) return;
    const {width, height} = page;
    stage.style.width = `${width}px`;
    stage.style.height = `${height}px`;
    stage.style.transform = `translate(${middle.x - width / 2}px, ${
        middle.y - height / 2}px) rotate(${turn * 90}deg) scale(${scale})`;
    element.style.setProperty('--scale', String(scale));
  }
  function fit() {
    if (!page) return;
    aim = fit;
    scale = fitting();
    middle = {x: view().width / 2, y: view().height / 2};
    place();
  }
  // The point (x, y) of the view stays where it is.
  function zoom(factor, x = view().width / 2, y = view().height / 2) {
    if (!page) return;
    const next = Math.min(closest, Math.max(fitting() / 2, scale * factor));
    middle = {x: x + (middle.x - x) * next / scale, y: y + (middle.y - y) * next / scale};
    scale = next;
    aim = null;
    place();
  }
  function pan(x, y) {
    middle = {x: middle.x + x * view().width / 6, y: middle.y + y * view().height / 6};
    aim = null;
    place();
  }
  function rotate() {
    turn = (turn + 1) % 4;
    fit();
  }
  function goTo(box) {
    const [x, y, width, height] = box;
    aim = () => goTo(box);
    const boxTurned = turn % 2 === 0 ? {width, height} : {width: height, height: width};
    const best =
        Math.min(view().width * fill / boxTurned.width, view().height * fill / boxTurned.height);
    scale = Math.min(Math.max(best, fitting()), Math.max(fitting() * 4, 1));
    let away = {x: x + width / 2 - page.width / 2, y: y + height / 2 - page.height / 2};
    for (let i = 0; i < turn; ++i) away = {x: -away.y, y: away.x};
    middle = {x: view().width / 2 - away.x * scale, y: view().height / 2 - away.y * scale};
    place();
  }

  const rectangle = ({box, kind, words: title}) =>
      svg('rect', {x: box[0], y: box[1], width: box[2], height: box[3], class: kind},
          title && svg('title', {}, title));

  function load(image) {
    words.textContent = '正在读取图像…';
    words.hidden = false;
    image.addEventListener('load', () => {
      words.hidden = true;
    });
    image.addEventListener('error', () => {
      words.textContent = '图像没有读出来。请稍后再试，或者下载原件查看。';
    });
  }
  function open(fresh) {
    const same = page && fresh && String(page.address) === String(fresh.address);
    page = fresh;
    if (!page) {
      aim = fit;
      return show(stage);
    }
    const overlay =
        svg('svg', {viewBox: `0 0 ${page.width} ${page.height}`}, page.boxes.map(rectangle));
    if (same) {
      stage.querySelector('svg').replaceWith(overlay);
      return undefined;
    }
    turn = 0;
    const image = h('img', {alt: '', draggable: 'false'});
    load(image);
    image.src = String(page.address);
    show(stage, image, overlay);
    return fit();
  }

  const inView = (event) => {
    const frame = element.getBoundingClientRect();
    return {x: event.clientX - frame.left, y: event.clientY - frame.top};
  };
  const apart = ([one, other]) => Math.hypot(one.x - other.x, one.y - other.y);

  element.addEventListener('wheel', (event) => {
    event.preventDefault();
    const {x, y} = inView(event);
    zoom(Math.exp(-event.deltaY / 500), x, y);
  }, {passive: false});
  element.addEventListener('pointerdown', (event) => {
    element.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, inView(event));
  });
  element.addEventListener('pointermove', (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const now = inView(event);
    const wide = fingers.size === 2 ? apart([...fingers.values()]) : 0;
    fingers.set(event.pointerId, now);
    if (fingers.size === 2) {
      zoom(apart([...fingers.values()]) / Math.max(1, wide), now.x, now.y);
    } else {
      middle = {x: middle.x + now.x - before.x, y: middle.y + now.y - before.y};
      aim = null;
      place();
    }
  });
  for (const end of ['pointerup', 'pointercancel'])
    element.addEventListener(end, (event) => fingers.delete(event.pointerId));
  element.addEventListener('dblclick', fit);
  const resized = new ResizeObserver(() => aim?.());
  resized.observe(element);

  return {
    element,
    open,
    fit,
    rotate,
    goTo,
    pan,
    closer: () => zoom(step),
    farther: () => zoom(1 / step),
    leave: () => resized.disconnect(),
  };
}
