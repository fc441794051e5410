// The sliders for the weights and the variety, and the filters.
import { element } from './dom.js';
import { NAMES, partsOf } from './parts.js';

const TITLES = { genre: 'Genre', type: 'Type', language: 'Language', status: 'Status' };
const RATINGS = ['', '6', '7', '8', '8.5', '9'];

function slider(id, title, oninput, onchange) {
  const output = element('output', { for: id });
  const input = element('input', { id, type: 'range', min: 0, max: 100, step: 1, oninput, onchange });
  return { input, output, node: element('div', { class: 'slider' }, element('label', { for: id }, title), output, input) };
}

function weightSlider(part, oninput, onchange) {
  const made = slider(`weight-${part}`, NAMES[part], oninput, onchange);
  made.input.classList.add(part);
  return { part, ...made };
}

function choice(name, title, entries, onchange) {
  const select = element('select', { id: `filter-${name}`, onchange }, entries.map(([value, text]) => element('option', { value }, text)));
  return { name, select, node: element('div', { class: 'choice' }, element('label', { for: select.id }, title), select) };
}

// Calls change(state, kind): "slide" while a slider moves, "set" for a final choice.
export function controls(known, change) {
  let state;
  const parts = partsOf(known.weights);
  const shares = () => Object.fromEntries(sliders.map(({ part, input }) => [part, Number(input.value)]));
  const defaults = Object.fromEntries(parts.map((part) => [part, Math.round(known.weights[part] * 100)]));
  const isDefault = (weights) => parts.every((part) => weights[part] === defaults[part]);
  const write = () => {
    const weights = shares();
    const sum = parts.reduce((total, part) => total + weights[part], 0);
    for (const { part, input, output } of sliders) {
      const share = sum === 0 ? 0 : Math.round((100 * weights[part]) / sum);
      output.textContent = `${share} %`;
      input.setAttribute('aria-valuetext', `${share} percent of the score`);
    }
    variety.output.textContent = `${variety.input.value} %`;
    variety.input.setAttribute('aria-valuetext', `${variety.input.value} percent`);
    reset.hidden = isDefault(weights) && variety.input.value === '0' && choices.every(({ select }) => select.value === '');
  };
  const onSlide = (kind) => (event) => {
    const weights = shares();
    if (parts.every((part) => weights[part] === 0)) {
      event.target.value = event.target.step; // at least one weight must be above 0
      weights[parts.find((part) => event.target.classList.contains(part))] = Number(event.target.value);
    }
    write();
    change({ ...state, weights: isDefault(weights) ? null : weights }, kind);
  };
  const onVariety = (kind) => () => {
    write();
    change({ ...state, variety: Number(variety.input.value) }, kind);
  };
  const onChoice = () => {
    write();
    change({ ...state, filters: Object.fromEntries(choices.map(({ name, select }) => [name, select.value])) }, 'set');
  };

  const sliders = parts.map((part) => weightSlider(part, onSlide('slide'), onSlide('set')));
  const variety = slider('variety', 'Variety', onVariety('slide'), onVariety('set'));
  const names = { genre: known.genres, type: known.types, language: known.languages, status: known.statuses };
  const choices = Object.entries(names).map(([name, entries]) => choice(name, TITLES[name],
    [['', 'Any'], ...entries.map((entry) => [entry.name, entry.name])], onChoice));
  choices.push(choice('min_rating', 'Rating', RATINGS.map((minimum) => [minimum, minimum ? `${minimum} or more` : 'Any']), onChoice));
  const reset = element('button', { type: 'button', class: 'reset', onclick: () => {
    change({ ...state, weights: null, variety: 0, filters: {} }, 'set');
    sliders[0].input.focus();
  } }, 'Reset');

  const node = element('details', { class: 'controls', open: matchMedia('(min-width: 48rem)').matches },
    element('summary', {}, element('h2', {}, 'What matters to you')),
    element('div', { class: 'sliders', role: 'group', 'aria-label': 'Weights and variety' }, [...sliders, variety].map((entry) => entry.node)),
    element('div', { class: 'choices', role: 'group', 'aria-label': 'Filters' }, choices.map((entry) => entry.node)), reset);

  return {
    node,
    defaults: known.weights,
    set(next) {
      state = next;
      for (const { part, input } of sliders) input.value = (next.weights ?? defaults)[part] ?? 0;
      variety.input.value = next.variety;
      for (const { name, select } of choices) {
        const selected = next.filters[name] ?? '';
        if (![...select.options].some(({ value }) => value === selected)) select.append(element('option', { value: selected }, selected));
        select.value = selected;
      }
      write();
    },
  };
}
