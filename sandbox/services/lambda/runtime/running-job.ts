import type { Job } from './job.ts';
import { type Outcome, verdictOf } from './outcome.ts';
import type { Surroundings } from './surroundings.ts';

/** The process that gets a job. */
interface Start {
  /** Whether the process is still starting. */
  readonly isStarting: boolean;
  /** How long the process took to start, in milliseconds; only for its first job. */
  readonly initMs: number | undefined;
}

/** A job that a process has: its time limit, its lines in the log, its events and its result. */
export class RunningJob {
  readonly job: Job;
  readonly #in: Surroundings;
  readonly #initMs: number | undefined;
  readonly #began = performance.now();
  readonly #timer: NodeJS.Timeout;

  /** `onExpired` is called after the function's timeout. */
  constructor(job: Job, surroundings: Surroundings, { isStarting, initMs }: Start, onExpired: () => void) {
    this.job = job;
    this.#in = surroundings;
    this.#initMs = initMs;
    const { version, log, events } = surroundings;
    this.#timer = setTimeout(onExpired, version.Timeout * 1000);
    const waitedMs = performance.now() - job.since;
    events.invoked(job.requestId, { version: version.Version, isStarting, initMs, waitedMs });
    log.start(job.requestId);
  }

  /** Gives the job to another process, since this one ends before it has begun it. */
  giveBack(): void {
    clearTimeout(this.#timer);
    this.job.again();
  }

  /** Logs and publishes how the job ended, and resolves it. `memoryMb` is the process's peak memory. */
  finish(outcome: Outcome, memoryMb: number): void {
    clearTimeout(this.#timer);
    const { version, log, events } = this.#in;
    const { requestId } = this.job;
    const { MemorySize } = version;
    const { payload, functionError, status, errorType } = verdictOf(outcome, requestId);
    try {
      if (outcome.kind === 'timed out') log.timedOut(requestId, outcome.seconds.toFixed(2));
      const report = {
        duration: performance.now() - this.#began,
        initDuration: this.#initMs,
        maxMemoryMb: outcome.kind === 'ended' && outcome.outOfMemory ? MemorySize : Math.min(memoryMb, MemorySize),
        status,
        errorType,
      };
      log.end(requestId, report);
      events.returned(requestId, report, payload);
    } finally {
      this.job.resolve({ payload, functionError, executedVersion: version.Version, logTail: log.tail() });
    }
  }
}
