import type { Workshop } from '../tests/cli/workshop.ts';

/** One line of the table. */
export interface Line {
  readonly what: string;
  /** With its unit: `312 ms`. */
  readonly measured: string;
  /** The ratio to what it is compared with, usually the floor's: `1.42 × 8.7 ms`. Undefined without a comparison. */
  readonly compared?: string;
  /** The target for the ratio, at most or at least: `≤ 1.4 ×`. Undefined for numbers without a target. */
  readonly aim?: string;
  /** Whether the target is met; undefined if there is none. */
  readonly reached?: boolean;
}

export interface Bench {
  /** A separate copy of the workshop for this measurement, with unchanged labs and nothing deployed. */
  readonly workshop: Workshop;
  /** Whether other servers are measured, too. */
  readonly peers: boolean;
  /** Shows the current activity, until the next call. */
  readonly progress: (what: string) => void;
}

/** Measures one thing and returns its lines. */
export type Measurement = (bench: Bench) => Promise<Line[]>;

/** A time in milliseconds. */
export function time(what: string, ms: number): Line {
  return { what, measured: inMilliseconds(ms) };
}

/** What the floor measured in the same run, and the target: at most or at least this many times as much. */
export type Target = { readonly floor: number } & ({ readonly most: number } | { readonly least: number });

/** A time in milliseconds beside the floor's. */
export function timeOver(what: string, ms: number, target: Target): Line {
  return over(what, ms, inMilliseconds, target);
}

/** Any number beside the floor's; `format` adds the unit. */
export function over(what: string, value: number, format: (value: number) => string, target: Target): Line {
  const ratio = value / target.floor;
  const [aim, reached] =
    'most' in target ? [`≤ ${target.most} ×`, ratio <= target.most] : [`≥ ${target.least} ×`, ratio >= target.least];
  return { what, measured: format(value), compared: `${ratio.toFixed(2)} × ${format(target.floor)}`, aim, reached };
}

export function inMegabytes(value: number): string {
  return `${Math.round(value)} MB`;
}

/** A time in seconds if it is at least one. */
export function inMilliseconds(ms: number): string {
  return ms >= 1000 ? `${(ms / 1000).toFixed(2)} s` : `${ms < 100 ? Number(ms.toFixed(1)) : Math.round(ms)} ms`;
}
