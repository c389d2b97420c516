import { remembered } from './remembered.ts';

// A cipher that replaces each letter by another one, such as Caesar's or an XOR with one byte, needs no key either: it
// keeps the pattern of a text, which letters are equal and which differ. No other text has that of a whole sentence.

/** How many repeated letters make a pattern unmistakable. */
const ENOUGH = 15;

/**
 * Returns a test for sentences that a text contains with each letter replaced by another one, always the same. Letters
 * can also be replaced by numbers or hex digits.
 */
export function substitutedIn(text: string): (sentence: string) => boolean {
  const parts = [[...text], text.match(/[\da-z]+/gi) ?? [], text.match(/[\da-f]{2}/gi) ?? []];
  const hays = parts.map(repeatsIn);
  return (sentence) => patternsOf(sentence).some((pattern) => hays.some((hay) => hasPattern(hay, pattern)));
}

/** A sentence's repeats, and where the first one is. */
interface Pattern {
  readonly repeats: readonly number[];
  readonly first: number;
}

/** How many sentences are remembered: those of a conversation or two. */
const MOST_REMEMBERED = 300;

const patternsOf = remembered(MOST_REMEMBERED, (sentence): readonly Pattern[] =>
  [...new Set([sentence, sentence.toLowerCase()])]
    .map((each) => repeatsIn([...each]))
    .filter((repeats) => repeats.filter((back) => back > 0).length >= ENOUGH)
    .map((repeats) => ({ repeats, first: repeats.findIndex((back) => back > 0) })),
);

/** Returns how far back each part was before; 0 if it is new. */
function repeatsIn(parts: readonly string[]): number[] {
  const last = new Map<string, number>();
  return parts.map((part, index) => {
    const back = index - (last.get(part) ?? index);
    last.set(part, index);
    return back;
  });
}

function hasPattern(hay: readonly number[], { repeats, first }: Pattern): boolean {
  for (let from = 0; from + repeats.length <= hay.length; from += 1) {
    // Most windows differ at the first repeat.
    if (hay[from + first] !== repeats[first]) continue;
    // What was before the window is no repeat in it.
    const isAt = repeats.every((back, index) => {
      const actual = hay[from + index] ?? 0;
      return back === (actual > index ? 0 : actual);
    });
    if (isAt) return true;
  }
  return false;
}
