// What is said in place of content: nothing found, or something went wrong.
import { element, say } from './dom.js';

export function notice(title, text, ...actions) {
  say(`${title} ${text ?? ''}`);
  return element('div', { class: 'notice' }, element('p', {}, element('b', {}, title)), text && element('p', {}, text), actions);
}

export const button = (text, onclick) => element('button', { type: 'button', onclick }, text);

const WORDS = {
  away: ['The server does not answer.', 'It may be starting, or the connection is down.'],
  busy: ['The server is busy.', 'You asked more often than it allows. Wait a moment.'],
};

export function trouble(error, again) {
  const [title, text] = WORDS[error.kind] ?? ['Something went wrong.', error.message];
  return notice(title, text, button('Try again', again));
}
