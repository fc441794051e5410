// The poster of a show: the image from the catalogue over a drawn placeholder, which stays visible if there is no image.
import { drawn, element, webUrl } from './dom.js';

function placeholder(id, name) {
  const hue = (Number(id) * 47) % 360;
  const turn = (Number(id) * 29) % 90;
  const initials = name.replace(/^(the|a|an) /i, '').split(/\s+/).slice(0, 2).map((word) => [...word][0]).join('').toUpperCase();
  const circle = (cx, cy, r, lightness) => drawn('circle', { cx, cy, r, fill: `hsl(${(hue + r / 3) % 360} 40% ${lightness}%)` });
  return drawn('svg', { viewBox: '0 0 210 295', 'aria-hidden': 'true', focusable: 'false', preserveAspectRatio: 'xMidYMid slice' },
    drawn('rect', { width: 210, height: 295, fill: `hsl(${hue} 38% 24%)` }),
    drawn('g', { transform: `rotate(${turn} 105 148)` }, circle(60, 70, 120, 28), circle(170, 200, 90, 33), circle(190, 60, 46, 40)),
    drawn('text', { x: 105, y: 172, 'text-anchor': 'middle', 'font-size': 84, fill: '#fff', 'fill-opacity': 0.92 }, initials));
}

export function poster(show, large = false) {
  const frame = element('span', { class: 'poster' }, placeholder(show.id, show.name));
  const url = [large && show.image?.original, show.image?.medium, show.image?.original].map(webUrl).find(Boolean);
  if (url) {
    const image = element('img', { alt: '', decoding: 'async', loading: large ? null : 'lazy', referrerpolicy: 'no-referrer' });
    image.addEventListener('load', () => image.classList.add('loaded'));
    image.addEventListener('error', () => image.remove());
    image.src = url.href.replace(/^http:/, 'https:');
    frame.append(image);
  }
  return frame;
}
