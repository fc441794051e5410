// The parts of a score, in the order of the address.  The same parts as in src/domain/parts.hpp; style.css has their colours.
export const NAMES = { genre: 'Genres', text: 'Summary', metadata: 'Network, type, language' };
export const SHORT = { ...NAMES, metadata: 'Facts' };
export const PARTS = Object.keys(NAMES);
