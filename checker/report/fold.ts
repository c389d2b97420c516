import { fitting, lettersOf, widthOf } from './width.ts';

/**
 * Breaks the ARNs and ids of a line that are wider than the terminal, after `:`, `/` or `-`, and JSON between its
 * members, so that they continue below the place where they begin: the terminal would break them anywhere, and continue
 * at its left edge. Addresses and paths of files stay whole, since people open them. Colors and links don't count.
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
    const at = lastBreak(letters, { start, end }, word);
    if (at === undefined) return breaks;
    // Where the word begins, if that leaves enough room.
    if (breaks.size === 0) indent = start <= columns / 2 ? start : letters.findIndex((letter) => letter !== ' ');
    breaks.set(at, indent);
    from = at;
  }
}

/** Returns the last place for a break of a word; undefined if it has to stay whole. */
function lastBreak(
  letters: readonly string[],
  { start, end }: { readonly start: number; readonly end: number },
  word: string,
): number | undefined {
  for (const separator of separatorsOf(word)) {
    for (let at = end; at > start + 1; at -= 1) {
      if (separator.test(letters.slice(Math.max(start, at - 2), at).join(''))) return at;
    }
  }
  return undefined;
}

/** Returns what a word can be broken after, the best first. */
function separatorsOf(word: string): readonly RegExp[] {
  if (/["\]}\d],"/.test(word)) return [/["\]}\d],$/];
  const isId = /^\W?arn:/.test(word) || /^[(“"]?[\w/@={}-]+[.,:;)”"]*$/.test(word);
  return isId ? [/[:/]$/, /-$/] : [];
}
