import type { Workshop } from '../tests/cli/workshop.ts';

/** One line of the table. */
export interface Line {
  readonly what: string;
  /** With its unit: `312 ms`. */
  readonly measured: string;
  /** What it should be at most, or at least: `300 ms`. Undefined where nothing is aimed at. */
  readonly aim?: string;
  /** Whether it is as it should be; undefined where nothing is aimed at. */
  readonly reached?: boolean;
}

export interface Bench {
  /** A copy of the workshop that this measurement has for itself, with the labs as shipped and nothing deployed. */
  readonly workshop: Workshop;
  /** Shows what is being done, until the next. */
  readonly progress: (what: string) => void;
}

/** Measures one thing and gives its lines. */
export type Measurement = (bench: Bench) => Promise<Line[]>;

/** A time in milliseconds, with the most that it should be. */
export function time(what: string, ms: number, aim?: number): Line {
  return {
    what,
    measured: inMilliseconds(ms),
    ...(aim === undefined ? {} : { aim: inMilliseconds(aim), reached: ms <= aim }),
  };
}

/** A time in seconds where it is one or more. */
function inMilliseconds(ms: number): string {
  return ms >= 1000 ? `${(ms / 1000).toFixed(2)} s` : `${ms < 100 ? Number(ms.toFixed(1)) : Math.round(ms)} ms`;
}
