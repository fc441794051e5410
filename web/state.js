// The state of the page, stored only in the address: so back, reload and sharing work.

import { ALWAYS, PARTS, partsOf } from './parts.js';

export const FILTERS = ['genre', 'type', 'language', 'status', 'min_rating'];

export function read(search = location.search) {
  const parameters = new URLSearchParams(search);
  const shares = (parameters.get('weights') ?? '').split('-');
  const valid = shares.length >= ALWAYS.length && shares.length <= PARTS.length && shares.every((share) => /^\d{1,3}$/.test(share));
  const weights = valid && Object.fromEntries(shares.map((share, at) => [PARTS[at], Math.min(Number(share), 100)]));
  return {
    show: parameters.get('show'),
    weights: weights && Object.values(weights).some((weight) => weight > 0) ? weights : null,
    variety: /^\d{1,3}$/.test(parameters.get('variety') ?? '') ? Math.min(Number(parameters.get('variety')), 100) : 0,
    filters: Object.fromEntries(FILTERS.map((name) => [name, parameters.get(name) ?? ''])),
  };
}

export function address(state) {
  const parameters = new URLSearchParams();
  if (state.show) parameters.set('show', state.show);
  if (state.weights) parameters.set('weights', partsOf(state.weights).map((part) => state.weights[part]).join('-'));
  if (state.variety) parameters.set('variety', state.variety);
  for (const [name, value] of Object.entries(state.filters ?? {})) if (value) parameters.set(name, value);
  const text = parameters.toString();
  return text ? `?${text}` : './';
}

export const isFiltered = (state) => Object.values(state.filters).some(Boolean);
