import { fitting, lettersOf, widthOf } from './width.ts';

/**
 * Breaks a text into lines of at most `width` columns, only between words. A longer word, such as an ARN or a link,
 * stays whole: a terminal wraps it without adding a line break that would be copied. JSON is also broken between its
 * members. A command in backticks is broken only if it is longer than a line. Lines that continue an indented one are
 * indented, too. Characters that would move a terminal's cursor or color it become `·`.
 */
export function wrap(text: string, width: number): string[] {
  const most = Math.max(1, width);
  return text.split(/\r?\n/).flatMap((line) => wrapIndented(plain(line), most));
}

/**
 * Returns a printer of sentences that keep to the terminal's width. Output that isn't read on one, or is already laid
 * out, stays unchanged.
 */
export function wrapping(print: (line: string) => void, stream: NodeJS.WriteStream): (line: string) => void {
  return (line) => {
    const { columns } = stream;
    const asItIs = !stream.isTTY || !columns || widthOf(line) <= columns || line.includes('\u001b');
    for (const part of asItIs ? [line] : wrap(line, columns)) print(part);
  };
}

function wrapIndented(line: string, width: number): string[] {
  const text = line.trimStart();
  const indent = line.slice(0, Math.min(line.length - text.length, Math.floor(width / 2)));
  return wrapLine(text, width - indent.length).map((part) => indent + part);
}

/** Stands for a non-breaking space; no text contains it, since `plain` leaves no control character. */
const GLUE = '\u0000';

function wrapLine(line: string, width: number): string[] {
  const glued = line.replace(/`[^`]+`/g, (code) => (widthOf(code) > width ? code : code.replaceAll(' ', GLUE)));
  return fold(glued, width).map((part) => part.replaceAll(GLUE, ' '));
}

/**
 * Breaks a line as `wrap` does, but also within backticks: in code, they enclose other things than commands. Lines
 * after the first are at most `further` wide.
 */
export function fold(line: string, width: number, further = width): string[] {
  const lines: string[] = [];
  let left = lettersOf(line);
  for (;;) {
    const fits = fitting(left, lines.length === 0 ? width : further);
    if (fits === left.length) return [...lines, left.join('')];
    const space = left.slice(0, fits + 1).lastIndexOf(' ');
    const isLong = endOfWord(left, space + 1) - space - 1 > further;
    const member = isLong ? lastMember(left.slice(0, fits + 1)) : -1;
    // A break right after the indent would leave an empty line.
    const indented = space > left.findIndex((letter) => letter !== ' ') ? space : endOfWord(left, fits);
    const at = member > space ? member : indented;
    if (at === left.length) return [...lines, left.join('')];
    lines.push(left.slice(0, at).join('').trimEnd());
    left = left.slice(at);
    if (left[0] === ' ') left = left.slice(1);
  }
}

/** Returns where a word that is longer than a line ends. */
function endOfWord(letters: readonly string[], fits: number): number {
  const end = letters.indexOf(' ', fits);
  return end === -1 ? letters.length : end;
}

/** Returns where the last member of a JSON text begins, after a comma; -1 if it's only one member. */
function lastMember(letters: readonly string[]): number {
  return letters.findLastIndex((_, index) => /["}\]\d],["[{]/.test(letters.slice(index - 2, index + 1).join('')));
}

/** Replaces what would move a terminal's cursor or color it. */
export function plain(text: string): string {
  return text.replaceAll('\t', '  ').replace(/\p{Cc}/gu, '·');
}
