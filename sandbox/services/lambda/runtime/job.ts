import type { InvocationResult } from './functions.ts';

/** One invocation, on its way to an environment and back. */
export interface Job {
  readonly requestId: string;
  readonly invokedArn: string;
  readonly payload: string | Buffer;
  /** When it was requested: milliseconds of `performance.now()`. */
  readonly since: number;
  /** Called when an environment gets it. */
  readonly onBegun?: (() => void) | undefined;
  resolve(result: InvocationResult): void;
}
