import { runInNewContext } from 'node:vm';
import { type Pattern, patternsIn } from './patterns.ts';
import { withoutComments } from './source-words.ts';

/** An escape, a class, the start of a group or a character, and how often it is there at least. */
const TOKEN =
  /(\\(?:[pPuk](?:\{[^}]*\}|<[^>]*>)|.)|\[(?:\\.|[^\]\\])+\]|\((?:\?(?:<?[=!]|:|<\w+>))?|.)(?:(?:\{(\d+)(?:,\d*)?\}|[*+?])\??)?/gs;

/** What matches an escape, by its first two characters, or an anchor. Others match themselves. */
const SAMPLES: Readonly<Record<string, string>> = {
  '^': '',
  $: '',
  '\\b': '',
  '\\B': '',
  '.': 'a',
  '\\w': 'a',
  '\\S': 'a',
  '\\D': 'a',
  '\\p': 'a',
  '\\d': '7',
  '\\s': ' ',
  '\\W': ' ',
  '\\n': '\n',
  '\\t': '\t',
};

/** The longest run of one character. */
const MOST = 64;

/** How long a match can take, in milliseconds: some patterns take exponential time. */
const LONGEST = 200;

/** Returns a text that matches each simple regular expression in some sources. */
export function matchingTexts(sources: readonly string[]): string[] {
  return textsMatching(patternsIn(sources.map(withoutComments)));
}

/** Returns a text that matches each of these regular expressions that is simple. */
export function textsMatching(patterns: readonly Pattern[]): string[] {
  return patterns.flatMap((pattern) => {
    const text = textFor(pattern);
    return matchOf(pattern, text) === undefined ? [] : text;
  });
}

/** A text that matches a regular expression, and the word in it that a group captures. */
export interface Capturing {
  readonly text: string;
  readonly captured: string;
}

/**
 * Returns a text for each capture group of each simple pattern: the group captures a word, and the others another text,
 * if they can. The text goes on after the match, if that leaves the word alone.
 */
export function capturingTexts(patterns: readonly Pattern[], word: () => string, other: () => string): Capturing[] {
  return patterns.flatMap((pattern) =>
    Array.from({ length: groupsIn(pattern) }, (_, index) => index + 1).flatMap((wanted) => {
      const lower = word();
      const words = [lower, `${lower.charAt(0).toUpperCase()}${lower.slice(1)}`];
      const texts = words.flatMap((captured) =>
        [other(), undefined].flatMap((others) => {
          const text = textFor(pattern, { wanted, captured, others });
          return [`${text} ${other()}`, text].map((each) => ({ text: each, captured }));
        }),
      );
      return texts.find(({ text, captured }) => matchOf(pattern, text)?.[wanted] === captured) ?? [];
    }),
  );
}

/** What the groups of a pattern capture: one of them this text, and the others another one or what they need. */
interface Captures {
  readonly wanted: number;
  readonly captured: string;
  readonly others: string | undefined;
}

/** A text for a part of a pattern, and whether that has the wanted group. */
interface Part {
  readonly text: string;
  readonly isWanted: boolean;
}

/** Returns a text that a pattern probably matches. Of alternatives, it has the wanted group's, or else the first. */
function textFor({ source }: Pattern, captures?: Captures): string {
  const tokens = [...source.matchAll(TOKEN)];
  let groups = 0;
  const alternatives = (): Part => {
    const all: Part[] = [{ text: '', isWanted: false }];
    for (;;) {
      const [, part = ')', least = '1'] = tokens.shift() ?? [];
      const times = Math.min(Number(least), MOST);
      if (part === ')') {
        const { text, isWanted } = all.find((each) => each.isWanted) ?? (all[0] as Part);
        return { text: text.repeat(times), isWanted };
      }
      const { text, isWanted } = all.at(-1) as Part;
      const next = part.startsWith('(') ? group(part) : { text: sampleOf(part).repeat(times), isWanted: false };
      if (part === '|') all.push({ text: '', isWanted: false });
      else all.splice(-1, 1, { text: text + next.text, isWanted: isWanted || next.isWanted });
    }
  };
  const group = (start: string): Part => {
    const number = /^\((?:\?<\w+>)?$/.test(start) ? ++groups : undefined;
    const inner = alternatives();
    if (/[=!]$/.test(start)) return { ...inner, text: '' };
    if (captures === undefined || number === undefined || inner.isWanted) return inner;
    if (number === captures.wanted) return { text: captures.captured, isWanted: true };
    return { ...inner, text: captures.others ?? inner.text };
  };
  return alternatives().text;
}

function sampleOf(part: string): string {
  if (part.startsWith('[^')) return 'a';
  const [, first = part] = /^\[(\\.|[^\\])/.exec(part) ?? [];
  return SAMPLES[first.slice(0, 2)] ?? first.replace(/^\\/, '');
}

function groupsIn({ source, flags }: Pattern): number {
  return (matchOf({ source: `${source}|`, flags }, '')?.length ?? 1) - 1;
}

/** Returns the match of a pattern in a text. The source need not be valid, and not every pattern is simple. */
function matchOf({ source, flags }: Pattern, text: string): RegExpExecArray | undefined {
  try {
    const found = runInNewContext(
      'new RegExp(source, flags).exec(text)',
      { source, flags, text },
      { timeout: LONGEST },
    );
    return found ?? undefined;
  } catch {
    return undefined;
  }
}
