import type { Environment } from './environment.ts';
import type { Job } from './job.ts';
import type { Warden } from './warden.ts';

/** The owner of an environment, which gets its reports. */
export interface Keeper {
  /** Ends its process if the account can't. */
  readonly warden: Pick<Warden, 'add' | 'remove'>;
  /** Whether an invocation waits for it. */
  isAwaited(environment: Environment): boolean;
  /** It is waiting for its next invocation. */
  idle(environment: Environment): void;
  /** It won't become ready; `answer` returns the result for the waiting invocation. */
  failed(environment: Environment, answer: (job: Job) => void): void;
  /** Its process is gone. */
  ended(environment: Environment): void;
  /** The account failed while handling its process's output, and has ended the process. */
  fault(environment: Environment, error: unknown): void;
}
