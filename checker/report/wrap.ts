import { fitting, lettersOf, widthOf } from './width.ts';

/**
 * Breaks a text into lines of at most `width` columns: between words where it can, within a word that is longer
 * than a line, there between its parts; within a command between backticks only where it is longer, so that it can be
 * copied. What would move a terminal's cursor or colour it is shown as `·`.
 */
export function wrap(text: string, width: number): string[] {
  const most = Math.max(1, width);
  return text.split(/\r?\n/).flatMap((line) => wrapLine(printable(line), most));
}

/** A printer of sentences that keep to the width of a terminal. What is not read on one, or is laid out already, stays as it is. */
export function wrapping(print: (line: string) => void, stream: NodeJS.WriteStream): (line: string) => void {
  return (line) => {
    const { columns } = stream;
    const asItIs = !stream.isTTY || !columns || widthOf(line) <= columns || line.includes('\u001b');
    for (const part of asItIs ? [line] : wrap(line, columns)) print(part);
  };
}

/** Stands for a space that is not broken at; no text has it, since `printable` leaves no control character. */
const GLUE = '\u0000';

function wrapLine(line: string, width: number): string[] {
  const lines: string[] = [];
  let left = lettersOf(line.replace(/`[^`]+`/g, (code) => (widthOf(code) > width ? code : code.replaceAll(' ', GLUE))));
  for (;;) {
    const fits = fitting(left, width);
    if (fits === left.length) return [...lines, left.join('').replaceAll(GLUE, ' ')];
    const space = left.slice(0, fits + 1).lastIndexOf(' ');
    // A break right after the indent would make a line of nothing.
    const at = space > left.findIndex((letter) => letter !== ' ') ? space : breakIn(left, fits);
    lines.push(left.slice(0, at).join('').replaceAll(GLUE, ' ').trimEnd());
    left = left.slice(at);
    if (left[0] === ' ') left = left.slice(1);
  }
}

/** Where to break a word that is longer than a line: after a part of a path or an address, if one ends late enough. */
function breakIn(letters: readonly string[], fits: number): number {
  const after = letters.slice(0, fits).findLastIndex((letter) => '/-,&?'.includes(letter)) + 1;
  // One that is wider than a line stands alone.
  return Math.max(1, after > fits / 2 ? after : fits);
}

function printable(text: string): string {
  return text.replaceAll('\t', '  ').replace(/\p{Cc}/gu, '·');
}
