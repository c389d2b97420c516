// Regular expressions in a handler's source. It is read without parsing: it need not be valid.

/** A regular expression, after what can precede one: its pattern and its flags. */
const LITERAL = /(?:[=(,:!&|?[{};>]|\breturn)\s*\/((?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+)\/([a-z]*)/g;

/** A regular expression that is made of a text: its quotes, its pattern and its flags. */
const MADE = /\bRegExp\(\s*(['"`])((?:(?!\1)[^\n])+)\1(?:\s*,\s*['"`]([a-z]*))?/g;

/** A regular expression: `^from (.+)$` and `i`. */
export interface Pattern {
  readonly source: string;
  readonly flags: string;
}

/** Returns the regular expressions in some code that has no comments. */
export function patternsIn(code: readonly string[]): Pattern[] {
  return code.flatMap((text) => [
    ...[...text.matchAll(LITERAL)].map(([, source = '', flags = '']) => ({ source, flags })),
    ...[...text.matchAll(MADE)].map(([, , made = '', flags = '']) => ({
      source: made.replaceAll('\\\\', '\\'),
      flags,
    })),
  ]);
}

const WORD = /(?:\\[a-zA-Z])|([\p{L}][\p{L}\p{N}_-]+)/gu;

/** Returns the words that regular expressions look for: `urgent` in `/\burgent\b/`. */
export function wordsIn(patterns: readonly Pattern[]): string[] {
  return patterns.flatMap(({ source }) => [...source.matchAll(WORD)].flatMap(([, word]) => word ?? []));
}
