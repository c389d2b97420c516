/** What a process that synthesizes one stack after another reports about each. */
export interface Report {
  readonly isWritten: boolean;
  /**
   * What the stack left behind that the next one would see: `process.env.X`, `a timer`. Then there must be no next one.
   */
  readonly traces: readonly string[];
}
