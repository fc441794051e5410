// What is shown, as the address tells it: back, reload and sharing work because there is no other place.

export const PARTS = ['genre', 'text', 'metadata'];
export const FILTERS = ['genre', 'type', 'language', 'status', 'min_rating'];

export function read(search = location.search) {
  const parameters = new URLSearchParams(search);
  const shares = /^(\d{1,3})-(\d{1,3})-(\d{1,3})$/.exec(parameters.get('weights') ?? '');
  const given = shares && shares.slice(1).map((share) => Math.min(Number(share), 100));
  return {
    show: parameters.get('show'),
    weights: given && given.some((share) => share > 0) ? { genre: given[0], text: given[1], metadata: given[2] } : null,
    filters: Object.fromEntries(FILTERS.map((name) => [name, parameters.get(name) ?? ''])),
  };
}

export function address(state) {
  const parameters = new URLSearchParams();
  if (state.show) parameters.set('show', state.show);
  if (state.weights) parameters.set('weights', PARTS.map((part) => state.weights[part]).join('-'));
  for (const [name, value] of Object.entries(state.filters ?? {})) if (value) parameters.set(name, value);
  const text = parameters.toString();
  return text ? `?${text}` : './';
}

export const isFiltered = (state) => Object.values(state.filters).some(Boolean);
