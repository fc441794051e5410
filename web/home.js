// The home view: a few well-known shows and their top recommendations.
import { catalogue, recommendations, shows } from './api.js';
import { dotted, yearOf } from './card.js';
import { element, number } from './dom.js';
import { poster } from './poster.js';
import { address } from './state.js';

const link = (show, state) => address({ ...state, show: String(show) });

function lead(show, state) {
  const list = element('ol', { class: 'leads', 'aria-label': `Shows like ${show.name}` },
    [0, 1, 2].map(() => element('li', { class: 'waiting', 'aria-hidden': 'true' })));
  const node = element('li', { class: 'lead' },
    element('a', { class: 'picture', href: link(show.id, state), tabindex: -1, 'aria-hidden': 'true' }, poster(show)),
    element('div', { class: 'details' },
      element('h3', {}, element('a', { href: link(show.id, state) }, show.name)),
      element('p', { class: 'facts' }, dotted([yearOf(show), show.genres.join(', ')])),
      element('p', { class: 'leads-to', 'aria-hidden': 'true' }, 'more like this'),
      list));
  return {
    node,
    fill: (found) => list.replaceChildren(...found.map((next) => element('li', {},
      element('a', { href: link(next.show_id, state) }, poster({ id: next.show_id, name: next.name, image: next.image }), element('span', {}, next.name))))),
  };
}

export async function home(main, state, signal) {
  const about = element('p', { class: 'about' }, 'Search for a show that you like, or start with one of these.');
  const list = element('ul', { class: 'lead-list' });
  main.replaceChildren(
    element('div', { class: 'hero' },
      element('h1', { tabindex: -1 }, 'Find your next show, and see ', element('em', {}, 'why'), '.'), about),
    element('h2', { class: 'unseen' }, 'Shows to start with'), list);
  const known = await catalogue();
  signal.throwIfAborted();
  about.textContent = `${number(known.shows)} shows compared by genres, summaries, network, type and language. ${about.textContent}`;
  if (known.well_known.length === 0) return;
  const found = (await shows(known.well_known, { signal })).shows;
  const order = new Map(known.well_known.map((id, at) => [id, at]));
  const leads = found.sort((a, b) => order.get(a.id) - order.get(b.id)).map((show) => ({ show, ...lead(show, state) }));
  list.replaceChildren(...leads.map(({ node }) => node));
  await Promise.all(leads.map(async ({ show, fill }) => fill(await recommendations(show.id, { n: 3 }, { signal }))));
}
