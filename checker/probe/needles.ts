import { substitutedIn } from './substituted.ts';

/** Something from the conversation that must be in no log. */
export interface Needle {
  readonly kind: 'word' | 'name' | 'token';
  readonly text: string;
  /** Its name in sentences: `what Ada said`. */
  readonly called: string;
  /** Set if a part of it gives nothing away. */
  readonly isWhole?: true;
  /** Set if nobody can connect with this token. */
  readonly isInvalid?: true;
  /** Set if it is long enough to be found with its letters replaced. */
  readonly isSentence?: true;
}

/** How many letters in a row give a word or a token away. Ids share only a few letters with them by chance. */
const ENOUGH = { word: 7, name: 7, token: 20 } as const;

/** Returns a token's signature: the header is the same for all tokens. */
export function tokenNeedle(token: string, called: string): Needle {
  return { kind: 'token', text: token.split('.').at(-1) ?? token, called };
}

/** How many characters at the beginning of a name or a word a log has as they are only if somebody put them there. */
export const BEGINNING = 6;

/**
 * Returns the names and words whose first characters a text contains. They are made up, so little else begins like
 * them.
 */
export function begunIn(text: string, needles: readonly Needle[]): Needle[] {
  const hay = text.toLowerCase();
  return needles.filter(
    ({ kind, text, isWhole }) =>
      kind !== 'token' && !isWhole && text.length > BEGINNING && hay.includes(text.slice(0, BEGINNING).toLowerCase()),
  );
}

/** How many words in a row give away what somebody said. A log can have one or two of them by chance. */
const PHRASE = 3;

/** Returns the phrases of a text whose words are in no log together, unless somebody logs the text. */
export function phrasesIn(text: string, called: string): Needle[] {
  const words = text.split(' ');
  return Array.from({ length: Math.max(0, words.length - PHRASE + 1) }, (_, from) => ({
    kind: 'word',
    text: words.slice(from, from + PHRASE).join(' '),
    called,
    isWhole: true,
  }));
}

/** Returns the needles that a text contains with each letter replaced by another. */
export function encipheredIn(text: string, needles: readonly Needle[]): Needle[] {
  const sentences = needles.filter(({ isSentence }) => isSentence);
  if (sentences.length === 0) return [];
  const isIn = substitutedIn(text);
  return sentences.filter((needle) => isIn(needle.text));
}

/**
 * Returns the needles that a text contains, or a telling part of them, whatever is between the letters. The list must
 * not change between calls.
 */
export function needlesIn(text: string, needles: readonly Needle[]): Needle[] {
  const hay = lettersOf(text);
  const { whole, parts } = telling(needles);
  const found = new Set(whole.flatMap(({ letters, needle }) => (hay.includes(letters) ? needle : [])));
  for (const [size, byPart] of parts) {
    for (let from = 0; from + size <= hay.length; from += 1) {
      for (const needle of byPart.get(hay.slice(from, from + size)) ?? []) found.add(needle);
    }
  }
  return needles.filter((needle) => found.has(needle));
}

/** What gives needles away. There are thousands of parts, so a text is searched for all of one size at once. */
interface Telling {
  readonly whole: ReadonlyArray<{ readonly letters: string; readonly needle: Needle }>;
  /** By size and part. */
  readonly parts: ReadonlyMap<number, ReadonlyMap<string, readonly Needle[]>>;
}

const known = new WeakMap<readonly Needle[], Telling>();

function telling(needles: readonly Needle[]): Telling {
  const before = known.get(needles);
  if (before !== undefined) return before;
  const all = needles.map((needle) => ({ needle, letters: lettersOf(needle.text) }));
  const parts = new Map<number, Map<string, Needle[]>>();
  for (const { needle, letters } of all) {
    if (needle.isWhole) continue;
    const size = Math.min(ENOUGH[needle.kind], letters.length);
    const byPart = parts.get(size) ?? new Map<string, Needle[]>();
    parts.set(size, byPart);
    for (const part of runsIn(letters, size)) byPart.set(part, [...(byPart.get(part) ?? []), needle]);
  }
  const made = { whole: all.filter(({ needle }) => needle.isWhole), parts };
  known.set(needles, made);
  return made;
}

/** Returns all runs of this many letters; nothing if there are fewer. */
export function runsIn(letters: string, size: number): string[] {
  return Array.from({ length: Math.max(0, letters.length - size + 1) }, (_, from) => letters.slice(from, from + size));
}

/** Returns only letters and digits, in lower case: `quail` for `Q-u-a-i-l`. */
export function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '');
}
