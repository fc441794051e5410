// Requests to the server. URLs are relative, so the page works under any prefix.
import { partsOf } from './parts.js';

export class RequestError extends Error {
  // kind: unavailable (no response, 503), missing (404), rejected (400), locked (401), busy (429), failed
  constructor(kind, message) {
    super(message);
    this.kind = kind;
  }
}

const KINDS = { 400: 'rejected', 401: 'locked', 404: 'missing', 429: 'busy', 503: 'unavailable' };

export async function request(path, { signal, key } = {}) {
  let response;
  let body;
  try {
    response = await fetch(path, { signal, headers: key ? { 'X-API-Key': key } : {} });
    body = await response.json();
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new RequestError('unavailable', 'The server does not respond.');
  }
  if (response.ok) return body;
  throw new RequestError(KINDS[response.status] ?? 'failed', body.error ?? body.message ?? `Status ${response.status}`);
}

const query = (entries) => {
  const parameters = new URLSearchParams(entries.filter(([, value]) => value !== '' && value !== null && value !== undefined));
  return `?${parameters}`;
};

export const search = (text, options) => request(`shows/search${query([['q', text], ['limit', 8]])}`, options);
export const show = (id, options) => request(`shows/${id}`, options);
export const shows = (ids, options) => request(`get_shows_bulk${query([['show_ids', ids.join(',')]])}`, options);

// Returns the list of a show; empty if no show matches.
export async function recommendations(id, { n = 20, weights, variety = 0, filters = {} } = {}, options) {
  const parameters = [['n', n], ...Object.entries(filters)];
  if (weights) parameters.push(['weights', partsOf(weights).map((part) => `${part}:${weights[part]}`).join(',')]);
  if (variety) parameters.push(['diversity', variety / 100]);
  try {
    return (await request(`shows/${id}/recommendations${query(parameters)}`, options)).recommendations;
  } catch (error) {
    if (error.kind === 'missing') return [];
    throw error;
  }
}

let known = null;
// Returns the counts and filter values of the catalogue; requested once.
export function catalogue() {
  known ??= request('catalogue').catch((error) => {
    known = null;
    throw error;
  });
  return known;
}
