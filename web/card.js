// A card for one recommendation.
import { element } from './dom.js';
import { poster } from './poster.js';
import { scoreOf } from './score.js';

export const yearOf = (show) => /^\d{4}/.exec(show.premiered ?? '')?.[0] ?? null;
export const ratingOf = (rating) => rating !== null && rating !== undefined && element('span', { class: 'rating' },
  element('span', { 'aria-hidden': 'true' }, '★ '), element('span', { class: 'unseen' }, 'rated '), rating.toFixed(1));

// Joins texts with dots; skips missing ones.
export const dotted = (parts) => parts.filter(Boolean).flatMap((part, at) => (at ? [element('span', { 'aria-hidden': 'true' }, ' · '), part] : [part]));

export function card(recommended, weights, href) {
  const show = { id: recommended.show_id, name: recommended.name, image: recommended.image };
  return element('li', { class: 'card' },
    element('a', { class: 'picture', href, tabindex: -1, 'aria-hidden': 'true' }, poster(show)),
    element('div', { class: 'details' },
      element('h3', {}, element('a', { href }, recommended.name), ' ', element('span', { class: 'year' }, yearOf(recommended))),
      element('p', { class: 'facts' }, dotted([recommended.network, ratingOf(recommended.rating), recommended.genres.join(', ')])),
      recommended.reasons && element('p', { class: 'reason' }, recommended.reasons.sentence),
      scoreOf(recommended, weights)));
}
