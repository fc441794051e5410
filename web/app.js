// The page of shows: the address says what is shown, and every change goes through it.
import { home } from './home.js';
import { trouble } from './notice.js';
import { searchBox } from './search.js';
import { showPage } from './show.js';
import { address, read } from './state.js';

const main = document.getElementById('main');
let shown = null; // the show on the page and how its list is filled anew
let coming = new AbortController();

let shownAddress; // of what was rendered last

async function render({ focus }) {
  const state = read();
  shownAddress = location.search;
  coming.abort();
  if (state.show && shown?.show === state.show) return shown.update(state);
  coming = new AbortController();
  const { signal } = coming;
  shown = null;
  document.title = 'BingeFriend';
  try {
    if (state.show) {
      const update = await showPage(main, state, signal, navigate);
      if (signal.aborted) return undefined;
      shown = update && { show: state.show, update };
    } else {
      await home(main, state, signal);
    }
  } catch (error) {
    if (signal.aborted) return undefined;
    main.replaceChildren(trouble(error, () => render({ focus: true })));
  }
  if (focus) main.querySelector('h1')?.focus({ preventScroll: true });
  return undefined;
}

let sliding;
// kind: "go" to another show, "set" a choice, "slide" while a slider moves.
function navigate(state, kind) {
  clearTimeout(sliding);
  const change = () => {
    if (address(state) !== address(read())) history[kind === 'slide' ? 'replaceState' : 'pushState'](null, '', address(state));
    if (kind === 'go') scrollTo(0, 0);
    render({ focus: kind === 'go' });
  };
  if (kind === 'slide') sliding = setTimeout(change, 80);
  else change();
}

const box = searchBox(document.querySelector('.search'), (id) => navigate({ ...read(), show: String(id) }, 'go'));

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[href]');
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!link || !plain || event.defaultPrevented || link.target) return;
  const href = link.getAttribute('href');
  if (href !== './' && !href.startsWith('?')) return;
  event.preventDefault();
  box.close();
  navigate(read(href === './' ? '' : href), 'go');
});
document.addEventListener('keydown', (event) => {
  if (event.key === '/' && !event.target.closest('input, select, textarea')) {
    event.preventDefault();
    document.getElementById('q').focus();
  }
});
addEventListener('popstate', () => {
  if (location.search !== shownAddress) render({ focus: true }); // else a link within the page
});
render({ focus: false });
