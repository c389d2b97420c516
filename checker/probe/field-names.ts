import { randomInt } from 'node:crypto';

/** The fields that clients most commonly put a name in. */
export const usual = [
  'from',
  'name',
  'sender',
  'username',
  'user',
  'author',
  'nickname',
  'displayName',
  'userName',
  'From',
  'by',
] as const;

/** Words that fields with a name consist of, or begin with. */
export const heads = [
  ...'user sender from author display nick screen full real first client speaker member player person'.split(' '),
  ...'owner creator account login profile contact alias handle identity actor principal cognito origin who my'.split(
    ' ',
  ),
  ...'persona as pseudonym moniker byline signature writer poster given family preferred public visible chat'.split(
    ' ',
  ),
  ...'character avatar on'.split(' '),
];

/** What follows them. */
const tails = ['name', 'user', 'nick', 'id', 'by'];

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** How the words of a field are joined. */
const styles: ReadonlyArray<(words: readonly string[]) => string> = [
  (words) => words.map((word, index) => (index === 0 ? word : capital(word))).join(''),
  (words) => words.map(capital).join(''),
  (words) => words.join(''),
  (words) => words.join('_'),
  (words) => words.join('-'),
];

/** Returns every field of these words in every common style, each once. */
export function commonFields(): string[] {
  const phrases = heads.flatMap((head) => [[head], ...tails.map((tail) => [head, tail])]);
  return [...new Set(phrases.flatMap((words) => styles.map((style) => style(words))))];
}

/** Fields with the name of something else: `fileName`, or `name` in an `attachment`. */
const OF_A_THING = /(?:^|[._-])(?:attachment|channel|event|file|host|image|photo|room)s?[._-]?name$/i;

/** Returns whether a client may show a field, by its path, as somebody's name. */
export function isNameLike(path: string): boolean {
  const field = path.split('.').at(-1) ?? '';
  return !OF_A_THING.test(path) && /name|nick|sender|author|user|from|handle|alias|display|persona/i.test(field);
}

/** Returns field names that somebody could use, and that nobody could list in advance. */
export function unusualFields(count: number): string[] {
  const names = new Set<string>();
  while (names.size < count) names.add(inUnusualStyle([pick(heads), pick(['', '', ...tails])].filter(Boolean)));
  return [...names];
}

/** Returns a word in random case, different from the original. */
export function inOddCase(word: string): string {
  const odd = [...word].map((letter) => (randomInt(2) === 0 ? letter.toUpperCase() : letter.toLowerCase())).join('');
  return odd === word ? word.toUpperCase() : odd;
}

function inUnusualStyle(words: readonly string[]): string {
  return pick([
    pick(styles)(words),
    words.join('_').toUpperCase(),
    words.join('.'),
    inOddCase(words.join('')),
    `${pick(['_', '$', 'x-', '@', 'the_', 'is'])}${words.join('')}`,
  ]);
}

function pick<T>(from: readonly T[]): T {
  return from[randomInt(from.length)] as T;
}
