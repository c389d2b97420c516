import { longText } from '../../probe/long-saying.ts';
import { lettersOf } from '../../probe/needles.ts';
import { wordsIn } from '../../probe/patterns.ts';
import type { SourceWords } from '../../probe/source-words.ts';

/** How many words of the handlers' own are in it, and how long each can be. */
const MOST_WORDS = 80;
const LONGEST_WORD = 20;

/** Mentions of everyone in a channel or in the room. */
const everyone = ['@all', '@channel', '@everyone', '@here', '@team', '#all', '#everyone', '#general'];

/**
 * Returns a text that begins with what its speaker says, mentions people and everything that the handlers look for, and
 * is as long as a text can be.
 */
export function unusualText(
  words: string,
  people: readonly string[],
  { values, patterns }: Pick<SourceWords, 'values' | 'patterns'>,
): string {
  const own = [...values.map(String), ...wordsIn(patterns)];
  const said = [
    words,
    ...people.map((name) => `@${name}`),
    ...everyone,
    ...[...new Set(own)].filter(isSayable).slice(0, MOST_WORDS),
  ];
  return longText(said.join(' '));
}

/** Whether a word means nothing to the room itself, and isn't as telling as what people say. */
function isSayable(word: string): boolean {
  return word.length <= LONGEST_WORD && lettersOf(word) !== '';
}
