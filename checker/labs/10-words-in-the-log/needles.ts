/** Something that people bring into the room, and that must be in no log. */
export interface Needle {
  readonly kind: 'word' | 'name' | 'token';
  readonly text: string;
  /** How a sentence calls it: `what Ada said`. */
  readonly called: string;
}

/** How many letters in a row give a word away, and a token: of that, ids share no more than a few by chance. */
const ENOUGH = { word: 7, name: 7, token: 20 } as const;

/** Returns the part of a token that nobody else has: its signature. The header is the same for all. */
export function tokenNeedle(token: string, called: string): Needle {
  return { kind: 'token', text: token.split('.').at(-1) ?? token, called };
}

/** Returns which of some needles a text has in it, or a telling part of them, whatever stands between the letters. */
export function needlesIn(text: string, needles: readonly Needle[]): Needle[] {
  const hay = lettersOf(text);
  return needles.filter((needle) => partsOf(needle).some((part) => hay.includes(part)));
}

const parts = new WeakMap<Needle, readonly string[]>();

/** Every part of it that is long enough to give it away. */
function partsOf(needle: Needle): readonly string[] {
  const known = parts.get(needle);
  if (known !== undefined) return known;
  const letters = lettersOf(needle.text);
  const size = Math.min(ENOUGH[needle.kind], letters.length);
  const made = Array.from({ length: letters.length - size + 1 }, (_, from) => letters.slice(from, from + size));
  parts.set(needle, made);
  return made;
}

/** Lower case, and letters and digits only: `Q-u-a-i-l` is `quail`. */
function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '');
}
