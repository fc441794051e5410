// The page of a show: its details and its recommendations.
import { catalogue, recommendations, show as showOf } from './api.js';
import { card, dotted, ratingOf, yearOf } from './card.js';
import { controls } from './controls.js';
import { announce, element, paragraphs, plural, webUrl } from './dom.js';
import { button, errorNotice, notice } from './notice.js';
import { poster } from './poster.js';
import { address, isFiltered } from './state.js';

function facts(show) {
  const network = show.network?.name ?? show.webchannel?.name;
  const entries = [['Network', network], ['Type', show.type], ['Language', show.language], ['Status', show.status]];
  return element('dl', { class: 'table-of-facts' }, entries.filter(([, value]) => value)
    .map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value))));
}

function hero(show) {
  const summary = paragraphs(show.summary);
  const source = webUrl(show.url);
  return element('article', { class: 'show' },
    poster(show, true),
    element('div', { class: 'details' },
      element('h1', { tabindex: -1 }, show.name),
      element('p', { class: 'facts' }, dotted([yearOf(show), ratingOf(show.rating?.average), show.genres.join(', ')])),
      summary.length > 0 ? summary.map((text) => element('p', { class: 'summary' }, text))
        : element('p', { class: 'summary none' }, 'The catalogue has no summary of this show.'),
      facts(show),
      source && element('p', { class: 'source' }, element('a', { href: source.href, rel: 'noreferrer' }, `More at ${source.hostname.replace(/^www\./, '')}`))));
}

const waiting = () => element('ol', { class: 'cards', 'aria-hidden': 'true' },
  Array.from({ length: 6 }, () => element('li', { class: 'card waiting' })));

// Shows `state.show`; calls `navigate(state, kind)` when the user moves a slider or changes a filter.
export async function showPage(main, state, signal, navigate) {
  main.replaceChildren(element('div', { class: 'show waiting', 'aria-hidden': 'true' }), waiting());
  const [show, known] = await Promise.all([/^\d+$/.test(state.show) ? showOf(state.show, { signal }) : null, catalogue()])
    .catch((error) => {
      if (error.kind === 'missing') return [null];
      throw error;
    });
  signal.throwIfAborted();
  if (!show) {
    document.title = 'No such show · BingeFriend';
    main.replaceChildren(element('h1', { tabindex: -1 }, 'No such show'),
      notice(`No show has the id “${state.show}”.`, 'It may have been removed from the catalogue. Search for it by name, or start over.',
        element('a', { class: 'button', href: './' }, 'Home page')));
    return null;
  }
  document.title = `${show.name} · BingeFriend`;
  const panel = controls(known, navigate);
  const title = element('h2', { id: 'leads' }, `Shows like ${show.name}`);
  const list = element('section', { 'aria-labelledby': 'leads' });
  main.replaceChildren(hero(show), panel.node, title, list);

  let pending;
  // Updates the list. The old one stays until the new one is ready.
  async function update(next) {
    panel.set(next);
    pending?.abort();
    pending = new AbortController();
    list.setAttribute('aria-busy', 'true');
    if (!list.firstChild) list.append(waiting());
    try {
      const found = await recommendations(show.id, next, { signal: pending.signal });
      const weights = next.weights ?? panel.defaults;
      const cards = found.map((entry) => card(entry, weights, address({ ...next, show: String(entry.show_id) })));
      if (cards.length > 0) {
        // Keep open scores open.
        const openScores = new Set([...list.querySelectorAll('.score[open]')].map((node) => node.closest('[data-show]').dataset.show));
        cards.forEach((node, at) => {
          node.dataset.show = found[at].show_id;
          if (openScores.has(node.dataset.show)) node.querySelector('.score').open = true;
        });
        list.replaceChildren(element('ol', { class: 'cards' }, cards));
        announce(`${plural(found.length, 'show')}, first: ${found[0].name}`);
      } else {
        list.replaceChildren(isFiltered(next)
          ? notice('No show matches these filters.', 'Remove one of them.', button('Clear filters', () => navigate({ ...next, filters: {} }, 'set')))
          : notice('No similar shows.', 'The catalogue has too little data about this show.'));
      }
    } catch (error) {
      if (error.name === 'AbortError') return;
      list.replaceChildren(errorNotice(error, () => update(next)));
    }
    list.removeAttribute('aria-busy');
  }
  update(state);
  return update;
}
