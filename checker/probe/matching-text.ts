import { withoutComments } from './source-words.ts';

/** A regular expression, after what can precede one: its pattern and its flags. */
const LITERAL = /(?:[=(,:!&|?[{};>]|\breturn)\s*\/((?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+)\/([a-z]*)/g;

/** A regular expression that is made of a text: its quotes, its pattern and its flags. */
const MADE = /\bRegExp\(\s*(['"`])((?:(?!\1)[^\n])+)\1(?:\s*,\s*['"`]([a-z]*))?/g;

/** A group without others in it, with its first alternative. */
const GROUP = /\((?:\?:)?([^()|]*)(?:\|[^()]*)?\)/g;

/** A character, an escape or a class, and how often it is there at least. */
const PART = /(\\.|\[(?:\\.|[^\]\\])+\]|.)(?:\{(\d+)(?:,\d*)?\}|[*+?])?/g;

const SAMPLES: Readonly<Record<string, string>> = { '\\d': '7', '\\w': 'a', '\\s': ' ', '\\b': '', '.': 'a' };

/** Returns a text that matches each simple regular expression in some sources. */
export function matchingTexts(sources: readonly string[]): string[] {
  const patterns = sources.map(withoutComments).flatMap((source) => [
    ...[...source.matchAll(LITERAL)].map(([, pattern = '', flags]) => ({ pattern, flags })),
    ...[...source.matchAll(MADE)].map(([, , text = '', flags]) => ({
      pattern: text.replaceAll('\\\\', '\\'),
      flags,
    })),
  ]);
  return patterns.flatMap(({ pattern, flags = '' }) => {
    const text = pattern
      .replace(/^\^|\$$/g, '')
      .replace(GROUP, '$1')
      .replace(PART, (_, part: string, times = '1') => sampleOf(part).repeat(Math.min(Number(times), MOST)));
    return matches(text, pattern, flags) ? text : [];
  });
}

/** The longest run of one character. */
const MOST = 64;

function sampleOf(part: string): string {
  if (part.startsWith('[^')) return 'a';
  const [, first = part] = /^\[(\\.|[^\\])/.exec(part) ?? [];
  return SAMPLES[first] ?? first.replace(/^\\/, '');
}

/** The source need not be valid, and not every pattern is simple. */
function matches(text: string, pattern: string, flags: string): boolean {
  try {
    return new RegExp(pattern, flags).test(text);
  } catch {
    return false;
  }
}
