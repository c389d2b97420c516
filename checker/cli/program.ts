import type { Link } from '../report/link.ts';

/** What a command gets beside its arguments: where it is, whom it talks to, and when to stop. */
export interface Program {
  /** The workshop's folder. */
  readonly root: string;
  /** Aborted by Ctrl-C: a command takes away what it brought, and ends. */
  readonly signal: AbortSignal;
  /** A line of the answer, to standard output. */
  print(line: string): void;
  /** A line by the way, to standard error: progress, whom we wait for. */
  say(line: string): void;
  /** Whether a person reads standard output as it comes, so that lines may be drawn over. */
  readonly isTerminal: boolean;
  /** Makes links of addresses and files, where whoever reads standard output can open them. */
  readonly link?: Link;
  /** Whether a person may press keys. */
  readonly takesKeys: boolean;
  /** Aborted when nobody reads standard output any more: what would go on until Ctrl-C ends. */
  readonly readerLeft?: AbortSignal;
}
