/** The report on each stack of a process that synthesizes one stack after another. */
export interface Report {
  readonly isWritten: boolean;
  /** Traces that the stack left for the next one: `process.env.X`, `a timer`. Then there must be no next one. */
  readonly traces: readonly string[];
}
