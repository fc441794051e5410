// Messages instead of content: nothing found, or an error.
import { announce, element } from './dom.js';

export function notice(title, text, ...actions) {
  announce(`${title} ${text ?? ''}`);
  return element('div', { class: 'notice' }, element('p', {}, element('b', {}, title)), text && element('p', {}, text), actions);
}

export const button = (text, onclick) => element('button', { type: 'button', onclick }, text);

const MESSAGES = {
  unavailable: ['The server does not respond.', 'It may be starting, or the connection is down.'],
  busy: ['The server is busy.', 'You have sent too many requests. Wait a moment.'],
};

export function errorNotice(error, retry) {
  const [title, text] = MESSAGES[error.kind] ?? ['Something went wrong.', error.message];
  return notice(title, text, button('Try again', retry));
}
