// Bars, drawn where a head would rather look than read. The figures stand beside them: no bar says
// anything alone.
import {h, svg} from './dom.js';
import {number} from './words.js';

// [{words, count}] as horizontal bars, the words and the figures being text.
export function bars(rows) {
  const most = Math.max(1, ...rows.map((row) => row.count));
  const total = rows.reduce((sum, row) => sum + row.count, 0);
  return h(
      'table', {class: 'bars'},
      h('tbody', {},
        rows.map(
            (row) =>
                h('tr', {}, h('th', {scope: 'row'}, row.words),
                  h('td', {class: 'bar-cell'},
                    svg('svg',
                        {viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true'},
                        svg('rect', {x: 0, y: 1, width: 100 * row.count / most, height: 8}))),
                  h('td', {class: 'figure'}, number(row.count)),
                  h('td', {class: 'figure faint'},
                    total > 0 ? `${Math.round(100 * row.count / total)}%` : '')))));
}

// [{words, parts: [{kind, count}]}]: stacked, each part with its own pattern of light and dark.
export function stacked(parts, most) {
  let from = 0;
  return svg(
      'svg',
      {viewBox: '0 0 100 10', preserveAspectRatio: 'none', class: 'stacked', 'aria-hidden': 'true'},
      parts.map(({kind, count}) => {
        const width = 100 * count / Math.max(1, most);
        const made = svg('rect', {x: from, y: 1, width, height: 8, class: kind});
        from += width;
        return made;
      }));
}

const mostDays = 400;  // more would be narrower than a hair

// Days on which nothing came are not told of, but have their place.
function withoutGaps(rows) {
  const [from, to] = [rows[0].day, rows.at(-1).day].map((day) => Date.parse(day));
  const count = Math.round((to - from) / 86400000) + 1;
  if (!(count <= mostDays)) return rows;
  const known = new Map(rows.map((row) => [row.day, row]));
  return Array.from({length: count}, (_, i) => {
    const day = new Date(from + i * 86400000).toISOString().slice(0, 10);
    return known.get(day) ?? {day, count: 0};
  });
}

// [{day, count}] as upright bars over time.
export function days(told) {
  const rows = withoutGaps(told);
  const most = Math.max(1, ...rows.map((row) => row.count));
  const width = 10;
  const height = 100;
  const title = (row) => `${row.day}：${number(row.count)}份`;
  const each = rows.map(
      (row, i) =>
          svg('rect', {
            x: i * width + 1,
            width: width - 2,
            y: height - height * row.count / most,
            height: height * row.count / most
          },
              svg('title', {}, title(row))));
  const busiest = rows.reduce((one, other) => (other.count > one.count ? other : one), rows[0]);
  return h(
      'figure', {class: 'days'},
      svg('svg', {
        viewBox: `0 0 ${rows.length * width} ${height}`,
        preserveAspectRatio: 'none',
        role: 'img',
        'aria-label': `每天收到的材料，最多是${title(busiest)}`
      },
          each),
      h('figcaption', {}, h('span', {}, rows[0].day), h('span', {}, `最多：${title(busiest)}`),
        h('span', {}, rows.at(-1).day)));
}
