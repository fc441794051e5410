// What the server is asked.  Addresses are relative, so the page may lie under any prefix.
import { PARTS } from './parts.js';

export class Trouble extends Error {
  // kind: away (no answer), missing (404), refused (400), locked (401), busy (429), failed
  constructor(kind, message) {
    super(message);
    this.kind = kind;
  }
}

const KINDS = { 400: 'refused', 401: 'locked', 404: 'missing', 429: 'busy', 503: 'away' };

export async function ask(path, { signal, key } = {}) {
  let response;
  let answer;
  try {
    response = await fetch(path, { signal, headers: key ? { 'X-API-Key': key } : {} });
    answer = await response.json();
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new Trouble('away', 'The server does not answer.');
  }
  if (response.ok) return answer;
  throw new Trouble(KINDS[response.status] ?? 'failed', answer.error ?? answer.message ?? `Status ${response.status}`);
}

const query = (entries) => {
  const parameters = new URLSearchParams(entries.filter(([, value]) => value !== '' && value !== null && value !== undefined));
  return `?${parameters}`;
};

export const search = (text, options) => ask(`shows/search${query([['q', text], ['limit', 8]])}`, options);
export const show = (id, options) => ask(`shows/${id}`, options);
export const shows = (ids, options) => ask(`get_shows_bulk${query([['show_ids', ids.join(',')]])}`, options);

// The list of a show; an empty one where nothing fits.
export async function recommendations(id, { n = 20, weights, filters = {} } = {}, options) {
  const asked = [['n', n], ...Object.entries(filters)];
  if (weights) asked.push(['weights', PARTS.map((part) => `${part}:${weights[part]}`).join(',')]);
  try {
    return (await ask(`shows/${id}/recommendations${query(asked)}`, options)).recommendations;
  } catch (error) {
    if (error.kind === 'missing') return [];
    throw error;
  }
}

let known = null;
// The catalogue's figures and names, asked for once.
export function catalogue() {
  known ??= ask('catalogue').catch((error) => {
    known = null;
    throw error;
  });
  return known;
}
