import type { Help } from 'commander';
import { wrap } from '../report/wrap.ts';

/** Below this width, a description is printed below its command. */
const narrow = 70;

/** Returns a command or an option and its description, with no line wider than the terminal. */
export function formatItem(this: Help, term: string, termWidth: number, description: string): string {
  const width = this.helpWidth ?? 80;
  const isNarrow = width < narrow;
  const indent = isNarrow ? 4 : termWidth + 4;
  const [first = '', ...more] = wrap(description, Math.max(20, width - indent));
  const head = isNarrow ? `  ${term}\n${' '.repeat(indent)}${first}` : `  ${term.padEnd(termWidth)}  ${first}`;
  return [head.trimEnd(), ...more.map((line) => ' '.repeat(indent) + line)].join('\n');
}
