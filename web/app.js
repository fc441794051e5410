// The page of shows. The address defines what is shown; every change goes through it.
import { home } from './home.js';
import { errorNotice } from './notice.js';
import { searchBox } from './search.js';
import { showPage } from './show.js';
import { address, read } from './state.js';

const main = document.getElementById('main');
let shown = null; // the show on the page and the function that updates its list
let pending = new AbortController();

let shownAddress; // address of the last rendered state

async function render({ focus }) {
  const state = read();
  shownAddress = location.search;
  pending.abort();
  if (state.show && shown?.show === state.show) return shown.update(state);
  pending = new AbortController();
  const { signal } = pending;
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
    main.replaceChildren(errorNotice(error, () => render({ focus: true })));
  }
  if (focus) main.querySelector('h1')?.focus({ preventScroll: true });
  return undefined;
}

let sliding;
// kind: "go" opens another show, "set" applies a choice, "slide" is sent while a slider moves.
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
  if (location.search !== shownAddress) render({ focus: true }); // otherwise it was a link within the page
});
render({ focus: false });
