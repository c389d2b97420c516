/** The job of the spare process: one stack, once. */
export interface Job {
  /** The folder of the learner's `stack.ts`. */
  readonly folder: string;
  /** Set in the process before the stack is loaded: the output folder, the CDK's context. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Its reports: that it is warm, that it has begun a stack, or that the stack is written. If a stack throws, the process
 * ends with the error on stderr.
 */
export type Word = 'warm' | 'begun' | 'synthesized';
