import { lettersOf, type Needle } from './needles.ts';

// A text without some of its letters, or with more of them, is still readable. Only whole sentences are looked for:
// what is left of one is in no other text.

/** Fewer letters are in other texts by chance. */
const ENOUGH = 15;

/** The shortest and the longest beginning of each word that can be left. */
const SHORTEST = 2;
const LONGEST = 6;

/** What can be done to a text, by its name after "readable despite". */
const disguises: ReadonlyArray<readonly [string, (text: string) => string]> = [
  ['missing vowels', (text) => text.replace(/[aeiou]/gi, '')],
  ['missing letters', (text) => text.replace(/(\S)\S/g, '$1')],
  ['doubled letters', (text) => text.replace(/./gs, '$&$&')],
  ['masked words', (text) => eachWord(text, (word) => `${word.charAt(0)}${word.slice(1).slice(-1)}`)],
  ...Array.from({ length: LONGEST - SHORTEST + 1 }, (_, more) => {
    const shortened = (text: string) => eachWord(text, (word) => word.slice(0, SHORTEST + more));
    return ['shortened words', shortened] as const;
  }),
];

/** Returns the sentences that a text contains in a disguise, and which. */
export function disguisedIn(
  text: string,
  needles: readonly Needle[],
): Array<{ readonly needle: Needle; readonly disguise: string }> {
  const hay = lettersOf(text);
  return needles.flatMap((needle) => {
    const found = formsOf(needle).find(({ letters }) => hay.includes(letters));
    return found === undefined ? [] : { needle, disguise: found.disguise };
  });
}

interface Form {
  readonly disguise: string;
  readonly letters: string;
}

const known = new WeakMap<Needle, readonly Form[]>();

function formsOf(needle: Needle): readonly Form[] {
  const before = known.get(needle);
  if (before !== undefined) return before;
  const all = disguises.map(([disguise, change]) => ({ disguise, letters: lettersOf(change(needle.text)) }));
  const made = needle.isSentence ? all.filter(({ letters }) => letters.length >= ENOUGH) : [];
  known.set(needle, made);
  return made;
}

function eachWord(text: string, change: (word: string) => string): string {
  return text.replace(/[a-z0-9]+/gi, change);
}
