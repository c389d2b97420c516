import { wrapping } from '../report/wrap.ts';
import type { Program } from './program.ts';

/** Returns the same program, with lines that fit the terminal. Not for output that is copied, or read by a program. */
export function inSentences(program: Program): Program {
  return { ...program, print: wrapping(program.print, process.stdout) };
}
