import chalk from 'chalk';
import { fold, plain } from './wrap.ts';

/** Stands before the rest of a line: a patch's own lines never begin with it. */
const CONTINUES = '↪   ';

/** Colors the lines of a patch. On a terminal, lines that are too wide continue below, with a mark. */
export function paintPatch(lines: readonly string[], columns?: number): string[] {
  return lines.flatMap((line) => {
    if (columns === undefined) return coloured(line, line);
    const [first = '', ...more] = fold(plain(line).trimEnd(), columns, columns - CONTINUES.length);
    return [first, ...more.map((part) => `${CONTINUES}${part.trim()}`)].map((part) => coloured(part, line));
  });
}

function coloured(part: string, line: string): string {
  if (line.startsWith('---') || line.startsWith('+++')) return chalk.bold(part);
  if (line.startsWith('@@')) return chalk.cyan(part);
  if (line.startsWith('+')) return chalk.green(part);
  return line.startsWith('-') ? chalk.red(part) : part;
}
