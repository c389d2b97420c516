import { randomInt } from 'node:crypto';

// The visitors' texts. A room must not recognize them: a room that answers only the checker isn't repaired. So each
// text is newly generated, and no part of it is constant.

const words =
  'about again all always apple bridge bring candle carry clear cloud coffee dance early evening every field find first garden give glass green happy house keep lamp late laugh leave light little long lunch many meet morning music never night often open orange paper people plan quiet rain read ready river road room send silver small song soon stone story street summer table talk today tomorrow train tree under walk warm water week where window winter wonder write yellow yesterday'.split(
    ' ',
  );
const verbs =
  'brew carve count dim fetch fold glue hum juggle knit lend mend paint peel polish roll sing sort spin stack stir whistle'.split(
    ' ',
  );
const things =
  'balloon basket blanket bottle bucket button carpet cheese curtain kettle ladder lantern marble mirror needle pebble pepper pillow ribbon teapot violin wagon'.split(
    ' ',
  );

/** Returns a text that somebody could write, and that nobody has written before: 6 to 9 of the words above. */
export function saying(): string {
  const said = Array.from({ length: randomInt(6, 10) }, () => pick(words));
  if (randomInt(2) === 0) said.splice(randomInt(said.length), 0, String(randomInt(2, 1000)));
  const text = said.join(' ');
  const begun = randomInt(3) === 0 ? text : text.charAt(0).toUpperCase() + text.slice(1);
  return `${begun}${pick(['', '', '.', '!', '?', '?!'])}`;
}

/** Returns the shortest text that somebody could write. */
export function letter(): string {
  return String.fromCharCode(97 + randomInt(26));
}

/**
 * Returns a text with what careless handlers spoil: markup, quotation marks, a percent-encoded space, an accent apart from
 * its letter, letters of other scripts, an emoji, a line break, spaces side by side, and more than 150 characters.
 */
export function unusualSaying(): string {
  const unusual = [
    '<b>',
    '</b>',
    '"',
    "'",
    '&',
    '\\',
    '%20',
    'é',
    'e\u0301',
    'ß',
    '你好',
    'привет',
    'שלום',
    '🦄',
    '👩‍💻',
    '\n',
    '  ',
  ];
  const said = unusual
    .map((each) => [each, randomInt(1_000)] as const)
    .sort(([, one], [, other]) => one - other)
    .map(([each]) => `${pick(words)} ${each}${pick(words)}`);
  return `${said.join(' ')} ${pick(words)}`;
}

/**
 * Returns texts with what a handler can look for: a command, a mention, a topic, a link, an address, and these values.
 * Each part has words of its own. A handler can look at the beginning only, so each text begins with another part.
 */
export function meaningfulSayings(word: () => string, values: readonly string[]): string[] {
  const kinds = [
    () => `/${word()}`,
    () => `@${word()}`,
    () => `#${word()}`,
    () => `https://${word()}.example/${word()}`,
    () => `${word()}@${word()}.example`,
  ];
  return kinds.map((_, first) => {
    const rotated = [...kinds.slice(first), ...kinds.slice(0, first)];
    return [...rotated.map((make) => make()), ...values].join(' ');
  });
}

/** Returns an action that no room knows, `juggle-lantern`, different from earlier ones. */
export function unheardOfAction(before = ''): string {
  const verb = pick(verbs.filter((each) => !before.startsWith(each)));
  return `${verb}${pick(['', '-', '_', '.', ' '])}${pick(things)}`;
}

/**
 * Returns names of two channels that nobody prepared for. The second begins and ends with the first, so any comparison
 * of a part takes one for the other: `lantern41`, `lantern41-kettle-violin-lantern41`.
 */
export function channelNames(): [string, string] {
  const first = `${pick(things)}${randomInt(1_000, 100_000)}`;
  const others = things.filter((each) => !first.startsWith(each));
  return [first, `${first}-${pick(others)}-${pick(others)}-${first}`];
}

/**
 * Returns the name of another channel that differs from the second of these only in a separator, more than twenty
 * characters after its beginning: `lantern41-kettle-violin_lantern41`.
 */
export function lookalikeOf(name: string): string {
  return name.replace(/-(?=[^-]*$)/, '_');
}

/** Returns a name in another case that nobody would choose: `geNEraL`, but never `General` or `GENERAL`. */
export function inOddCase(name: string): string {
  const odd = [...name].map((letter) => (randomInt(2) === 0 ? letter : letter.toUpperCase())).join('');
  const usual = [name, name.toUpperCase(), `${name.charAt(0).toUpperCase()}${name.slice(1)}`];
  return usual.includes(odd) ? inOddCase(name) : odd;
}

function pick(from: readonly string[]): string {
  return from[randomInt(from.length)] ?? '';
}
