import { fitting, lettersOf, widthOf } from './width.ts';

/**
 * Breaks the ARNs and ids of a line that are wider than the terminal, after `:`, `/` or `-`, so that they continue
 * below the place where they begin: the terminal would break them anywhere, and continue at its left edge. Addresses,
 * paths of files and JSON stay whole, since people copy and open them. Colors and links don't count.
 */
export function fold(line: string, columns: number): string {
  return line
    .split('\n')
    .map((each) => foldLine(each, columns))
    .join('\n');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they color text, and make links
const ESCAPE = /(\u001b\[[\d;]*m|\u001b\]8;[^\u0007\u001b]*(?:\u0007|\u001b\\))/;

function foldLine(line: string, columns: number): string {
  const parts = line.split(ESCAPE);
  // What is visible is at even places.
  const shown = parts.filter((_, index) => index % 2 === 0).join('');
  if (widthOf(shown) <= columns) return line;
  const breaks = breaksIn(lettersOf(shown), columns);
  let at = 0;
  return parts
    .map((part, index) => {
      if (index % 2 === 1) return part;
      return lettersOf(part)
        .map((letter) => {
          const indent = breaks.get(at);
          at += 1;
          return indent === undefined ? letter : `\n${' '.repeat(indent)}${letter}`;
        })
        .join('');
    })
    .join('');
}

/** Returns before which letters to break the line, and how far to indent the rest. */
function breaksIn(letters: readonly string[], columns: number): Map<number, number> {
  const breaks = new Map<number, number>();
  let indent = 0;
  for (let from = 0; ; ) {
    const end = from + fitting(letters.slice(from), columns - indent);
    if (end >= letters.length) return breaks;
    const start = Math.max(letters.lastIndexOf(' ', end) + 1, from);
    const space = letters.indexOf(' ', end);
    const word = letters.slice(start, space === -1 ? letters.length : space).join('');
    const at = isFoldable(word) || breaks.size > 0 ? lastBreak(letters, start, end) : undefined;
    if (at === undefined) return breaks;
    // Where the word begins, if that leaves enough room.
    if (breaks.size === 0) indent = start <= columns / 2 ? start : letters.findIndex((letter) => letter !== ' ');
    breaks.set(at, indent);
    from = at;
  }
}

/** Returns the last place for a break of a word: after a part of an ARN, or else within one. */
function lastBreak(letters: readonly string[], start: number, end: number): number | undefined {
  for (const separators of [':/', '-']) {
    for (let at = end; at > start + 1; at -= 1) if (separators.includes(letters[at - 1] ?? ' ')) return at;
  }
  return undefined;
}

/** ARNs and ids, not addresses, names of files, or JSON. */
function isFoldable(word: string): boolean {
  return /^\W?arn:/.test(word) || /^[(“"]?[\w/-]+[.,:;)”"]*$/.test(word);
}
