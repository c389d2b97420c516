import { wordsOfExpressions } from '../../probe/expression-words.ts';
import { NEARLY_LONGEST } from '../../probe/long-saying.ts';
import { lettersOf } from '../../probe/needles.ts';
import type { SourceWords } from '../../probe/source-words.ts';
import { madeUp } from '../../probe/visitor-name.ts';

/** How many words of the handlers' own are in it, and how long each can be. */
const MOST_WORDS = 80;
const LONGEST_WORD = 20;

/** Mentions of everyone in a channel or in the room. */
const everyone = ['@all', '@channel', '@everyone', '@here', '@team', '#all', '#everyone', '#general'];

/**
 * Returns a text that begins with what its speaker says, mentions people and everything that the handlers look for, and
 * is nearly as long as a text can be.
 */
export function unusualText(
  words: string,
  people: readonly string[],
  { values }: Pick<SourceWords, 'values'>,
  sources: readonly string[],
): string {
  const own = [...values.map(String), ...sources.flatMap(wordsOfExpressions)];
  const said = [
    words,
    ...people.map((name) => `@${name}`),
    ...everyone,
    ...[...new Set(own)].filter(isSayable).slice(0, MOST_WORDS),
  ];
  return longText(said.join(' '));
}

/** Returns a text that begins with these words, and is nearly as long as a text can be. */
export function longText(words: string): string {
  let text = words;
  for (;;) {
    // Short words: longer ones could be read as an encoding of something.
    const longer = `${text} ${madeUp(2).slice(0, 8)}`;
    if (Buffer.byteLength(longer) > NEARLY_LONGEST) return text;
    text = longer;
  }
}

/** Whether a word means nothing to the room itself, and isn't as telling as what people say. */
function isSayable(word: string): boolean {
  return word.length <= LONGEST_WORD && lettersOf(word) !== '';
}
