// Elements made by script.  Texts are always texts: nothing that comes from outside is read as HTML here.

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

// The text of a summary, a paragraph an entry: tags are cut out before the parser, which is there for the
// entities alone, sees anything.
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

// The URL, where it is one that a browser opens over http or https; else null.
export function webUrl(text) {
  try {
    const url = new URL(text);
    return /^https?:$/.test(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

let speaking;
// Tells what changed to those who do not see it, once it has come to rest.
export function say(text) {
  clearTimeout(speaking);
  speaking = setTimeout(() => { document.getElementById('says').textContent = text; }, 150);
}

export const number = (value) => value.toLocaleString('en');
export const plural = (count, one, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;
