// The parts of a score, in the order of the weights in the address. They match src/domain/parts.hpp; style.css has their colours.
export const NAMES = { genre: 'Genres', text: 'Summary', metadata: 'Network, type, language', year: 'Year of premiere', rating: 'Rating' };
export const SHORT = { ...NAMES, metadata: 'Details', year: 'Year' };
export const PARTS = Object.keys(NAMES);
// Parts that every score has. Other parts appear only if they have a weight.
export const ALWAYS = ['genre', 'text', 'metadata'];
// Returns the parts that an object such as the weights has.
export const partsOf = (weights) => PARTS.filter((part) => part in weights);
