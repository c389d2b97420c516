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
  /** Whether a person may press keys. */
  readonly takesKeys: boolean;
}
