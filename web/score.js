// A score as a bar of its parts, with the numbers in a table that opens on demand.
import { element } from './dom.js';
import { partsOf, SHORT } from './parts.js';

const fixed = (value) => value.toFixed(3);

export function scoreOf(recommended, weights) {
  const parts = partsOf(weights).filter((part) => `${part}_score` in recommended);
  const sum = parts.reduce((total, part) => total + weights[part], 0);
  const rows = parts.map((part) => {
    const weight = weights[part] / sum;
    const value = recommended[`${part}_score`];
    return { part, weight, value, adds: weight * value };
  });
  const bar = element('span', { class: 'bar', 'aria-hidden': 'true' },
    rows.map(({ part, adds }) => element('span', { class: part, '--share': `${Math.max(0, adds) * 100}%` })));
  const terms = recommended.reasons?.terms ?? [];
  return element('details', { class: 'score' },
    element('summary', {},
      element('span', { class: 'unseen' }, 'Score '), bar, element('b', {}, recommended.similarity_score.toFixed(2)),
      element('span', { class: 'unseen' }, ' out of 1, show numbers')),
    element('table', {},
      element('caption', { class: 'unseen' }, `Parts of the score of ${recommended.name}`),
      element('thead', {}, element('tr', {}, ['Part', 'Similarity', 'Weight', 'Adds'].map((title) => element('th', { scope: 'col' }, title)))),
      element('tbody', {}, rows.map(({ part, weight, value, adds }) => element('tr', {},
        element('th', { scope: 'row' }, element('span', { class: `dot ${part}` }), SHORT[part]),
        element('td', {}, fixed(value)), element('td', {}, fixed(weight)), element('td', {}, fixed(adds)))))),
    terms.length > 0 && element('p', { class: 'terms' }, 'Summary terms: ',
      terms.map(({ term, share }, at) => [at ? ', ' : '', element('q', {}, term), ` ${Math.round(share * 100)} %`])));
}
