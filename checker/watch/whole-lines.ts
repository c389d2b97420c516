import type { Program } from '../cli/program.ts';
import { wrapping } from '../report/wrap.ts';

const clearLine = '\r\u001b[2K';

/**
 * The same program, whose lines keep to the width of the terminal and take away what is being drawn in the line of the
 * cursor: whoever prints while a deployment is drawn does not write behind it.
 */
export function wholeLines(program: Program): Program {
  if (!program.isTerminal) return { ...program, print: wrapping(program.print, process.stdout) };
  const say = (line: string) => {
    process.stdout.write(clearLine);
    program.say(line);
  };
  const print = wrapping((line) => program.print(`${clearLine}${line}`), process.stdout);
  return { ...program, print, say };
}
