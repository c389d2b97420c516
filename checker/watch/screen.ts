import type { Program } from '../cli/program.ts';
import { widthOf } from '../report/width.ts';
import { wrapping } from '../report/wrap.ts';

const clearLine = '\r\u001b[2K';
/** Moves to the first line and clears everything below. */
const fromTheTop = '\u001b[H\u001b[J';

/**
 * A program whose lines fit the terminal's width. On a terminal, a printed line replaces what is being drawn in the
 * cursor's line, and a footer can stay below everything that is printed.
 */
export class Screen {
  readonly program: Program;
  readonly #isTerminal: boolean;
  #footer: readonly string[] = [];
  #isDue = false;

  constructor(program: Program) {
    this.#isTerminal = program.isTerminal;
    const above = (print: (line: string) => void) => (line: string) => {
      if (this.#isTerminal) process.stdout.write(clearLine);
      print(line);
      this.#settle();
    };
    const print = wrapping(above(program.print), process.stdout);
    this.program = { ...program, print, say: above(program.say) };
  }

  /** How many lines it shows. */
  get rows(): number {
    return process.stdout.rows || 24;
  }

  /** Starts at the top. Earlier output can be scrolled back to. */
  clear(): void {
    if (this.#isTerminal) process.stdout.write(`${clearLine}${'\n'.repeat(this.rows)}${fromTheTop}`);
  }

  /** Keeps these parts in the last line, as many as fit; without any, that line is free for drawing. */
  footer(...parts: readonly string[]): void {
    if (!this.#isTerminal) return;
    process.stdout.write(clearLine);
    this.#footer = parts;
    this.#settle();
  }

  /** Lines are printed in bursts: the footer is drawn once, below the last one. */
  #settle(): void {
    if (this.#footer.length === 0 || this.#isDue) return;
    this.#isDue = true;
    queueMicrotask(() => {
      this.#isDue = false;
      if (this.#footer.length > 0) process.stdout.write(`${clearLine}${this.#line()}`);
    });
  }

  #line(): string {
    const columns = process.stdout.columns || 80;
    let line = '';
    for (const part of this.#footer) {
      const longer = line === '' ? part : `${line} · ${part}`;
      if (widthOf(longer) < columns) line = longer;
    }
    return line;
  }
}
