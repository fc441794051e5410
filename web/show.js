// A show's page: what it is, and what it leads to.
import { catalogue, recommendations, show as showOf } from './api.js';
import { card, dotted, ratingOf, yearOf } from './card.js';
import { controls } from './controls.js';
import { element, paragraphs, plural, say, webUrl } from './dom.js';
import { button, notice, trouble } from './notice.js';
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
    element('div', { class: 'told' },
      element('h1', { tabindex: -1 }, show.name),
      element('p', { class: 'facts' }, dotted([yearOf(show), ratingOf(show.rating?.average), show.genres.join(', ')])),
      summary.length > 0 ? summary.map((text) => element('p', { class: 'summary' }, text))
        : element('p', { class: 'summary none' }, 'The catalogue has no summary of this show.'),
      facts(show),
      source && element('p', { class: 'source' }, element('a', { href: source.href, rel: 'noreferrer' }, `More at ${source.hostname.replace(/^www\./, '')}`))));
}

const waiting = () => element('ol', { class: 'cards', 'aria-hidden': 'true' },
  Array.from({ length: 6 }, () => element('li', { class: 'card waiting' })));

// Shows `state.show`; `navigate(state, kind)` is called when the reader changes weights or filters.
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
      notice(`No show has the id “${state.show}”.`, 'It may have left the catalogue. Search it by its name, or begin anew.',
        element('a', { class: 'button', href: './' }, 'To the first page')));
    return null;
  }
  document.title = `${show.name} · BingeFriend`;
  const panel = controls(known, navigate);
  const title = element('h2', { id: 'leads' }, `${show.name} leads to`);
  const list = element('section', { 'aria-labelledby': 'leads' });
  main.replaceChildren(hero(show), panel.node, title, list);

  let asking;
  // Fills the list anew; the old one stays until the new one is there.
  async function update(next) {
    panel.set(next);
    asking?.abort();
    asking = new AbortController();
    list.setAttribute('aria-busy', 'true');
    if (!list.firstChild) list.append(waiting());
    try {
      const found = await recommendations(show.id, { weights: next.weights, filters: next.filters }, { signal: asking.signal });
      const weights = next.weights ?? panel.usual;
      const cards = found.map((entry) => card(entry, weights, address({ ...next, show: String(entry.show_id) })));
      if (cards.length > 0) {
        // What was unfolded stays so.
        const opened = new Set([...list.querySelectorAll('.score[open]')].map((node) => node.closest('[data-show]').dataset.show));
        cards.forEach((node, at) => {
          node.dataset.show = found[at].show_id;
          if (opened.has(node.dataset.show)) node.querySelector('.score').open = true;
        });
        list.replaceChildren(element('ol', { class: 'cards' }, cards));
        say(`${plural(found.length, 'show')}, the first ${found[0].name}`);
      } else {
        list.replaceChildren(isFiltered(next)
          ? notice('No show passes these filters.', 'Take one of them away.', button('Without filters', () => navigate({ ...next, filters: {} }, 'set')))
          : notice('Nothing is like this show.', 'The catalogue tells too little about it to compare it.'));
      }
    } catch (error) {
      if (error.name === 'AbortError') return;
      list.replaceChildren(trouble(error, () => update(next)));
    }
    list.removeAttribute('aria-busy');
  }
  update(state);
  return update;
}
