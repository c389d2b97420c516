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
  /** Called instead if its process ends before it has begun it. */
  again(): void;
}

/** Returns what a process gets for a job: a line of facts, and the event. `timeout` is the function's, in seconds. */
export function eventOf({ requestId, invokedArn, payload }: Job, timeout: number): string {
  const hex = requestId.replaceAll('-', '');
  const now = Math.floor(Date.now() / 1000).toString(16);
  const facts = {
    requestId,
    invokedArn,
    deadline: Date.now() + timeout * 1000,
    traceId: `Root=1-${now}-${hex.slice(0, 24)};Parent=${hex.slice(16)};Sampled=0`,
  };
  return `${JSON.stringify(facts)}\n${payload}`;
}
