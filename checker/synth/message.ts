/** What the spare process is handed: one stack, once. */
export interface Job {
  /** The folder of the learner's `stack.ts`. */
  readonly folder: string;
  /** Set in the process before the stack is loaded: where to write, the CDK's context. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** What it says: that it is warm, or that the stack is written. A stack that throws ends it with its stack on stderr. */
export type Word = 'warm' | 'synthesized';
