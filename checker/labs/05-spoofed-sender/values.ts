import { randomInt } from 'node:crypto';
import { userName } from '../../probe/visitor-name.ts';

/**
 * Returns names that resemble a name but differ from it: for a person who looks at them, for a comparison, or for a
 * careless comparison.
 */
export function lookalikes(own: string): string[] {
  const [first = '', ...rest] = own;
  const swapped = [...own].map((letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
  const third = Math.ceil(own.length / 3);
  return [
    swapped.join(''),
    `${own} `,
    `${own}\u200b`,
    `${own} ${userName()}`.slice(0, 40),
    `${userName()} ${own}`.slice(-40),
    own.slice(0, Math.ceil(own.length / 2)),
    own.slice(third),
    own.slice(third, -third),
    inAnotherAlphabet(own),
    `${first}\u0301${rest.join('')}`,
    [...rest, first].join(''),
  ];
}

/** Returns the name with Cyrillic letters that look like its own, or with one appended. */
function inAnotherAlphabet(own: string): string {
  const alike: Readonly<Record<string, string>> = { a: 'а', c: 'с', e: 'е', i: 'і', o: 'о', p: 'р', x: 'х', y: 'у' };
  const changed = [...own].map((letter) => alike[letter] ?? letter).join('');
  return changed === own ? `${own}а` : changed;
}

/** JSON can hold an object that can't become a string or a number: `String(value)` throws. */
export const unprintable = { toString: 1, valueOf: 1 };

/** Returns values that are no name: a list, an object, a number, nothing. */
export function oddValues(other: string): unknown[] {
  const person = { name: other, username: other, S: other };
  return [[other], person, randomInt(1_000, 1_000_000), true, null, '', ' ', unprintable];
}

/** How to write a text that a handler decodes, by a word in its source. */
const encodings: Readonly<Record<string, (text: string) => string>> = {
  base64: (text) => Buffer.from(text).toString('base64'),
  base64url: (text) => Buffer.from(text).toString('base64url'),
  atob: (text) => Buffer.from(text).toString('base64'),
  hex: (text) => Buffer.from(text).toString('hex'),
  decodeURIComponent: (text) => Buffer.from(text).toString('hex').replace(/../g, '%$&'),
};

/** Returns a name in each encoding that handlers with these words may undo. */
export function encoded(name: string, words: readonly string[]): string[] {
  const used = words.flatMap((word) => (Object.hasOwn(encodings, word) ? (encodings[word]?.(name) ?? []) : []));
  return [...new Set(used)];
}
