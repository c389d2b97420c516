import type { World } from '../../../calls/context.ts';
import type { Correlation } from '../../../trace/correlation.ts';
import type { ProcessEvent, ReturnEvent } from '../../../trace/events.ts';
import { publish } from '../../../trace/publish.ts';
import { cut, withoutSecrets } from '../../../trace/secrets.ts';
import type { Report } from './invocation-log.ts';

/** An environment's invocation. */
interface Invoked {
  readonly version: string;
  /** Whether its process is still starting. */
  readonly isStarting: boolean;
  /** How long its process took to start, in milliseconds; only for the first invocation. */
  readonly initMs: number | undefined;
  /** In milliseconds. */
  readonly waitedMs: number;
}

/** Publishes events of one execution environment. */
export class EnvironmentEvents {
  readonly #clock: World['clock'];
  readonly #place: Correlation;
  readonly #process: string;

  /** `process` is the environment's number within its function. */
  constructor(clock: World['clock'], place: Correlation, process: string) {
    this.#clock = clock;
    this.#place = place;
    this.#process = process;
  }

  /** Publishes that the process has changed its state; `ms` is its start time. */
  process(state: ProcessEvent['state'], ms?: number): void {
    publish(this.#clock, () => ({
      ...this.#place,
      kind: 'process',
      process: this.#process,
      state,
      ms,
    }));
  }

  invoked(requestId: string, { version, isStarting, initMs, waitedMs }: Invoked): void {
    publish(this.#clock, () => ({
      ...this.#place,
      requestId,
      kind: 'invocation',
      version,
      cold: initMs !== undefined || isStarting,
      initMs,
      waitedMs,
      process: this.#process,
    }));
  }

  /** Publishes that an invocation ended. `payload` is its answer; for an error, it contains the message. */
  returned(requestId: string, report: Report, payload: string): void {
    publish(this.#clock, () => ({ ...this.#place, requestId, ...returnOf(report, payload) }));
  }
}

function returnOf({ status, errorType, duration, initDuration, maxMemoryMb }: Report, payload: string): ReturnEvent {
  return {
    kind: 'return',
    status,
    errorType: errorType && cut(errorType, 100),
    ...(status === 'success' ? {} : { errorMessage: messageIn(payload) }),
    ms: duration,
    billedMs: Math.ceil(duration + (initDuration ?? 0)),
    memoryMb: maxMemoryMb,
  };
}

function messageIn(payload: string): string {
  const { errorMessage } = JSON.parse(payload) as { errorMessage?: unknown };
  return cut(withoutSecrets(String(errorMessage ?? '')), 1000);
}
