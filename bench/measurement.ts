import type { Workshop } from '../tests/cli/workshop.ts';

/** One line of the table. */
export interface Line {
  readonly what: string;
  /** With its unit: `312 ms`. */
  readonly measured: string;
  /** The target, at most or at least: `300 ms`. Undefined if there is none. */
  readonly aim?: string;
  /** Whether the target is met; undefined if there is none. */
  readonly reached?: boolean;
}

export interface Bench {
  /** A separate copy of the workshop for this measurement, with unchanged labs and nothing deployed. */
  readonly workshop: Workshop;
  /** Shows the current activity, until the next call. */
  readonly progress: (what: string) => void;
}

/** Measures one thing and returns its lines. */
export type Measurement = (bench: Bench) => Promise<Line[]>;

/** A time in milliseconds, with its upper target. */
export function time(what: string, ms: number, aim?: number): Line {
  return {
    what,
    measured: inMilliseconds(ms),
    ...(aim === undefined ? {} : { aim: inMilliseconds(aim), reached: ms <= aim }),
  };
}

/** A time in seconds if it is at least one. */
function inMilliseconds(ms: number): string {
  return ms >= 1000 ? `${(ms / 1000).toFixed(2)} s` : `${ms < 100 ? Number(ms.toFixed(1)) : Math.round(ms)} ms`;
}
