// SVG charts, each with its data as a table for screen readers.
import { drawn, element, number } from './dom.js';

function dataTable(head, rows) {
  return element('details', { class: 'figures' }, element('summary', {}, 'Data'),
    element('div', { class: 'wide', tabindex: 0, role: 'region', 'aria-label': head[0] },
      element('table', {}, element('thead', {}, element('tr', {}, head.map((title) => element('th', { scope: 'col' }, title)))),
        element('tbody', {}, rows.map(([name, ...values]) => element('tr', {},
          element('th', { scope: 'row' }, name), values.map((value) => element('td', {}, value))))))));
}

const figure = (title, picture, table) => element('figure', { class: 'plot' }, element('figcaption', {}, title), picture, table);

// Draws counts in equal steps from `from` to `to`.
export function histogram(title, counts, { from = 0, to = 1, digits = 2, kind = 'score', unit = 'recommendations' } = {}) {
  const width = 480;
  const height = 150;
  const max = Math.max(...counts, 1);
  const step = width / counts.length;
  const at = (index) => from + ((to - from) * index) / counts.length;
  const bars = counts.map((count, index) => drawn('rect', {
    x: index * step + 0.5, width: Math.max(step - 1, 1), y: height - (count / max) * height, height: (count / max) * height, class: kind,
  }, drawn('title', {}, `${at(index).toFixed(digits)} to ${at(index + 1).toFixed(digits)}: ${number(count)}`)));
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => drawn('text', {
    x: share * width, y: height + 16, 'text-anchor': share === 0 ? 'start' : share === 1 ? 'end' : 'middle',
  }, (from + share * (to - from)).toFixed(digits === 0 ? 0 : 2)));
  const sum = counts.reduce((total, count) => total + count, 0);
  const picture = drawn('svg', {
    viewBox: `0 -14 ${width} ${height + 36}`, role: 'img',
    'aria-label': `${title}: ${number(sum)} ${unit}, most of them (${number(max)}) at ${at(counts.indexOf(max)).toFixed(digits)}`,
  }, drawn('line', { x1: 0, x2: width, y1: height, y2: height }), bars, ticks, drawn('text', { x: 0, y: -3 }, number(max)));
  return figure(title, picture, dataTable([title, 'Count'],
    counts.map((count, index) => [`${at(index).toFixed(digits)} – ${at(index + 1).toFixed(digits)}`, number(count)])));
}

// Draws [{ name, shows }], largest first; `of` is the value of a full bar.
export function bars(title, entries, of, shown = 12) {
  const row = 26;
  const width = 480;
  const left = 150;
  const drawnEntries = entries.slice(0, shown);
  const max = of ?? Math.max(...drawnEntries.map(({ shows }) => shows), 1);
  const barWidth = width - left - 70;
  const short = (name) => (name.length > 20 ? `${name.slice(0, 19)}…` : name);
  const lines = drawnEntries.map(({ name, shows }, at) => drawn('g', { transform: `translate(0 ${at * row})` },
    drawn('title', {}, `${name}: ${number(shows)}`),
    drawn('text', { x: left - 8, y: 17, 'text-anchor': 'end' }, short(name)),
    of && drawn('rect', { x: left, y: 4, width: barWidth, height: row - 8, class: 'track' }),
    drawn('rect', { x: left, y: 4, width: Math.max((shows / max) * barWidth, 1), height: row - 8, class: 'count' }),
    drawn('text', { x: left + (of ? barWidth : (shows / max) * barWidth) + 8, y: 17 }, of ? `${((100 * shows) / max).toFixed(1)} %` : number(shows))));
  const picture = drawn('svg', {
    viewBox: `0 0 ${width} ${drawnEntries.length * row}`, role: 'img',
    'aria-label': `${title}: ${drawnEntries.slice(0, 3).map(({ name, shows }) => `${name} ${number(shows)}`).join(', ')}${drawnEntries.length > 3 ? ', …' : ''}`,
  }, lines);
  return figure(title, picture, dataTable([title, 'Shows'], entries.map(({ name, shows }) => [name, number(shows)])));
}

export function table(caption, head, rows) {
  return element('div', { class: 'wide', tabindex: 0, role: 'region', 'aria-label': caption },
    element('table', {}, element('caption', { class: 'unseen' }, caption),
      element('thead', {}, element('tr', {}, head.map((title) => element('th', { scope: 'col' }, title)))),
      element('tbody', {}, rows.map((cells) => element('tr', {},
        cells.map((cell, at) => element(at === 0 ? 'th' : 'td', at === 0 ? { scope: 'row' } : {}, cell)))))));
}
