import { element } from './element.js';

const HUES = 8;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Returns the round badge beside a message: the sender's initial, in a color that depends on the name. */
export function faceOf(name) {
  const face = element('span', 'face', initialOf(name));
  face.ariaHidden = 'true';
  face.dataset.hue = hueOf(name);
  return face;
}

/** Returns the first visible character, which can be several code points: a flag, a family, a letter with accents. */
function initialOf(name) {
  return firstOf(firstOf(name.trim()).toUpperCase()) || '?';
}

function firstOf(text) {
  return graphemes.segment(text)[Symbol.iterator]().next().value?.segment ?? '';
}

function hueOf(name) {
  let hash = 0;
  for (const character of name) hash = (hash * 31 + character.codePointAt(0)) % 9973;
  return String(hash % HUES);
}
