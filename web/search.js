// Search as you type: a combobox with arrow key navigation.
import { search } from './api.js';
import { dotted, yearOf } from './card.js';
import { announce, element, plural } from './dom.js';
import { poster } from './poster.js';

const DELAY = 120; // ms after the last key

export function searchBox(form, go) {
  const input = form.querySelector('input');
  const panel = form.querySelector('.found');
  const list = form.querySelector('[role=listbox]');
  const hint = form.querySelector('.hint');
  let timer;
  let pending;
  let active = -1;

  const options = () => [...list.children];
  const close = () => {
    panel.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
    active = -1;
  };
  const open = () => {
    panel.hidden = false;
    input.setAttribute('aria-expanded', String(options().length > 0));
  };
  const stop = () => {
    clearTimeout(timer);
    pending?.abort();
  };
  const choose = (id) => {
    stop();
    close();
    input.value = '';
    go(id);
  };
  const activate = (at) => {
    const all = options();
    if (all.length === 0) return;
    active = (at + all.length) % all.length;
    all.forEach((option, index) => option.setAttribute('aria-selected', String(index === active)));
    all[active].scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', all[active].id);
  };
  const option = (show, index) => element('li', {
    id: `found-${index}`, role: 'option', 'aria-selected': 'false', 'data-show': show.id,
    onpointerdown: (event) => event.preventDefault(), onclick: () => choose(show.id),
  }, poster(show), element('span', {}, element('b', {}, show.name),
    element('small', {}, dotted([yearOf(show), show.network?.name ?? show.webchannel?.name, show.genres.join(', ')]))));
  const showHint = (text) => {
    hint.textContent = text;
    hint.hidden = !text;
  };

  async function look() {
    stop();
    const text = input.value.trim();
    if (!text) return close();
    pending = new AbortController();
    try {
      const found = await search(text, { signal: pending.signal });
      active = -1;
      input.removeAttribute('aria-activedescendant');
      list.replaceChildren(...found.shows.map(option));
      const none = found.shows.length === 0;
      showHint(none ? `No show matches “${text}”.` : '');
      announce(none ? 'No show found' : `${plural(found.shows.length, 'show')} found`);
      open();
      return found.shows;
    } catch (error) {
      if (error.name === 'AbortError') return undefined;
      list.replaceChildren();
      showHint(error.kind === 'unavailable' ? 'The server does not respond.' : error.message);
      announce(hint.textContent);
      open();
    }
    return undefined;
  }

  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(look, DELAY);
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (panel.hidden) look();
      else activate(active < 0 && event.key === 'ArrowUp' ? -1 : active + (event.key === 'ArrowDown' ? 1 : -1));
    } else if (event.key === 'Escape') {
      stop();
      if (panel.hidden) input.value = '';
      close();
    }
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const chosen = options()[active];
    if (chosen && !panel.hidden) return choose(chosen.dataset.show);
    const shows = await look(); // search for the current text, not the results of an earlier one
    if (shows?.length > 0) choose(shows[0].id);
    return undefined;
  });
  form.addEventListener('focusout', (event) => {
    if (!form.contains(event.relatedTarget)) close();
  });
  return { close };
}
