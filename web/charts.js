// Plots drawn as SVG, each with its figures as a table for who reads rather than looks.
import { drawn, element, number } from './dom.js';

function figures(head, rows) {
  return element('details', { class: 'figures' }, element('summary', {}, 'Figures'),
    element('div', { class: 'wide', tabindex: 0, role: 'region', 'aria-label': head[0] },
      element('table', {}, element('thead', {}, element('tr', {}, head.map((title) => element('th', { scope: 'col' }, title)))),
        element('tbody', {}, rows.map(([name, ...values]) => element('tr', {},
          element('th', { scope: 'row' }, name), values.map((value) => element('td', {}, value))))))));
}

const figure = (title, picture, table) => element('figure', { class: 'plot' }, element('figcaption', {}, title), picture, table);

// counts over equal steps from `from` to `to`.
export function histogram(title, counts, { from = 0, to = 1, digits = 2, kind = 'score', unit = 'recommendations' } = {}) {
  const width = 480;
  const height = 150;
  const most = Math.max(...counts, 1);
  const step = width / counts.length;
  const at = (index) => from + ((to - from) * index) / counts.length;
  const bars = counts.map((count, index) => drawn('rect', {
    x: index * step + 0.5, width: Math.max(step - 1, 1), y: height - (count / most) * height, height: (count / most) * height, class: kind,
  }, drawn('title', {}, `${at(index).toFixed(digits)} to ${at(index + 1).toFixed(digits)}: ${number(count)}`)));
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => drawn('text', {
    x: share * width, y: height + 16, 'text-anchor': share === 0 ? 'start' : share === 1 ? 'end' : 'middle',
  }, (from + share * (to - from)).toFixed(digits === 0 ? 0 : 2)));
  const sum = counts.reduce((total, count) => total + count, 0);
  const picture = drawn('svg', {
    viewBox: `0 -14 ${width} ${height + 36}`, role: 'img',
    'aria-label': `${title}: ${number(sum)} ${unit}, most of them (${number(most)}) at ${at(counts.indexOf(most)).toFixed(digits)}`,
  }, drawn('line', { x1: 0, x2: width, y1: height, y2: height }), bars, ticks, drawn('text', { x: 0, y: -3 }, number(most)));
  return figure(title, picture, figures([title, 'Count'],
    counts.map((count, index) => [`${at(index).toFixed(digits)} – ${at(index + 1).toFixed(digits)}`, number(count)])));
}

// [{ name, shows }], the greatest first; `of` is what a whole bar stands for.
export function bars(title, entries, of, shown = 12) {
  const row = 26;
  const width = 480;
  const left = 150;
  const told = entries.slice(0, shown);
  const most = of ?? Math.max(...told.map(({ shows }) => shows), 1);
  const room = width - left - 70;
  const short = (name) => (name.length > 20 ? `${name.slice(0, 19)}…` : name);
  const lines = told.map(({ name, shows }, at) => drawn('g', { transform: `translate(0 ${at * row})` },
    drawn('title', {}, `${name}: ${number(shows)}`),
    drawn('text', { x: left - 8, y: 17, 'text-anchor': 'end' }, short(name)),
    of && drawn('rect', { x: left, y: 4, width: room, height: row - 8, class: 'track' }),
    drawn('rect', { x: left, y: 4, width: Math.max((shows / most) * room, 1), height: row - 8, class: 'count' }),
    drawn('text', { x: left + (of ? room : (shows / most) * room) + 8, y: 17 }, of ? `${((100 * shows) / most).toFixed(1)} %` : number(shows))));
  const picture = drawn('svg', {
    viewBox: `0 0 ${width} ${told.length * row}`, role: 'img',
    'aria-label': `${title}: ${told.slice(0, 3).map(({ name, shows }) => `${name} ${number(shows)}`).join(', ')}${told.length > 3 ? ', …' : ''}`,
  }, lines);
  return figure(title, picture, figures([title, 'Shows'], entries.map(({ name, shows }) => [name, number(shows)])));
}

export function table(caption, head, rows) {
  return element('div', { class: 'wide', tabindex: 0, role: 'region', 'aria-label': caption },
    element('table', {}, element('caption', { class: 'unseen' }, caption),
      element('thead', {}, element('tr', {}, head.map((title) => element('th', { scope: 'col' }, title)))),
      element('tbody', {}, rows.map((cells) => element('tr', {},
        cells.map((cell, at) => element(at === 0 ? 'th' : 'td', at === 0 ? { scope: 'row' } : {}, cell)))))));
}
