// Helpers that create elements. External text is always inserted as text, never parsed as HTML.

const SVG = 'http://www.w3.org/2000/svg';

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (name.startsWith('--')) node.style.setProperty(name, value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export const element = (name, attributes = {}, ...children) => filled(document.createElement(name), attributes, children);
export const drawn = (name, attributes = {}, ...children) => filled(document.createElementNS(SVG, name), attributes, children);

// Returns the paragraphs of a summary as text. Tags are removed first; the parser only decodes entities.
export function paragraphs(html) {
  const text = (html ?? '')
    .replace(/<!--[^]*?(-->|$)/g, '')
    .replace(/<(script|style|iframe|template|object|noscript|noembed|noframes|title)\b[^]*?(<\/\1\s*>|$)/gi, '')
    .replace(/<\/?(br|p|div|li|ul|ol)\b[^>]*(>|$)/gi, '\n')
    .replace(/<\/?[a-z][^>]*(>|$)/gi, '')
    .replaceAll('<', '&lt;');
  const { body } = new DOMParser().parseFromString(text, 'text/html');
  return body.textContent.split('\n').map((line) => line.replace(/\s+/g, ' ').trim()).filter(Boolean);
}

// Returns the URL if a browser can open it over http or https; else null.
export function webUrl(text) {
  try {
    const url = new URL(text);
    return /^https?:$/.test(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

let announcing;
// Announces a change to screen readers, after 150 ms without another change.
export function announce(text) {
  clearTimeout(announcing);
  announcing = setTimeout(() => { document.getElementById('announcer').textContent = text; }, 150);
}

export const number = (value) => value.toLocaleString('en');
export const plural = (count, one, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;
