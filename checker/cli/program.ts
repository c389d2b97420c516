import type { Link } from '../report/link.ts';

/** A command's environment besides its arguments: its folder, its output, and when to stop. */
export interface Program {
  /** The workshop's folder. */
  readonly root: string;
  /** Aborted by Ctrl-C: a command cleans up and ends. */
  readonly signal: AbortSignal;
  /** Prints a line of the answer, to standard output. */
  print(line: string): void;
  /** Prints a side message, to standard error: progress, the process that we wait for. */
  say(line: string): void;
  /** Whether a person reads standard output live, so that lines can be redrawn. */
  readonly isTerminal: boolean;
  /** Makes links of addresses and files, if the reader of standard output can open them. */
  readonly link?: Link;
  /** Whether a person can press keys. */
  readonly takesKeys: boolean;
  /** Aborted when nobody reads standard output anymore: a command that runs until Ctrl-C then ends. */
  readonly readerLeft?: AbortSignal;
}
