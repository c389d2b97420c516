import type { FunctionRecord, VersionRecord } from '../records.ts';
import type { Job } from './job.ts';

/** A job that no environment has yet. */
export interface Waiting extends Job {
  /** Which environments can serve it: see `keyOf`. */
  readonly key: string;
  readonly record: FunctionRecord;
  readonly version: VersionRecord;
  readonly nobodyWaits: boolean;
  reject(error: unknown): void;
}

/** The jobs that no environment has yet, in the order in which they came. */
export class WaitingJobs {
  #jobs: Waiting[] = [];

  /** The one that came first; undefined if nobody waits. */
  get first(): Waiting | undefined {
    return this.#jobs[0];
  }

  /** All of them as they are now: the list may change while it is read. */
  all(): readonly Waiting[] {
    return [...this.#jobs];
  }

  /** Whether a job waits for an environment with this key. */
  has(key: string | undefined): boolean {
    return this.#jobs.some((job) => job.key === key);
  }

  add(job: Waiting): void {
    this.#jobs.push(job);
  }

  /** Adds a job that had its turn, before all others. */
  addAgain(job: Waiting): void {
    this.#jobs.unshift(job);
  }

  /** Removes and returns the first job for an environment with this key. */
  take(key: string | undefined): Waiting | undefined {
    const index = this.#jobs.findIndex((job) => job.key === key);
    return index < 0 ? undefined : this.#jobs.splice(index, 1)[0];
  }

  /** Rejects them all. */
  reject(error: unknown): void {
    for (const job of this.#jobs.splice(0)) job.reject(error);
  }
}

/** Returns the key of the environments that can serve a function: those of the same version in its current state. */
export function keyOf(record: FunctionRecord, version: VersionRecord): string {
  return `${record.FunctionArn}:${version.Version}:${version.RevisionId}`;
}
