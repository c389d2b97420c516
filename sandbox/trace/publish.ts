import { channel } from 'node:diagnostics_channel';
import type { Clock } from '../calls/context.ts';
import type { Correlation } from './correlation.ts';
import type { Happening } from './events.ts';

/** Something that happened, not yet in the order of its account's events. */
export interface Published {
  /** Its account's clock, which identifies the account. */
  readonly clock: Clock;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** `performance.now()` */
  readonly mono: number;
  readonly event: Correlation & Happening;
}

/** A call that a function makes: what follows from it, such as an invocation, belongs to the path of `parent`. */
export interface Linked {
  readonly clock: Clock;
  readonly callId: string;
  /** The first 24 digits of the invocation's request id. */
  readonly parent: string;
}

/** The events of all practice accounts of this process. */
export const happened = channel('websocket-lab:happened');

/** Says what a call belongs to before it has ended. */
export const linked = channel('websocket-lab:linked');

/** An invocation that a checker causes. */
export interface Probed {
  readonly clock: Clock;
  readonly requestId: string;
}

/** Says that an invocation is a checker's before it begins. */
export const probed = channel('websocket-lab:probed');

/** Publishes that a checker causes an invocation. */
export function publishProbe(clock: Clock, requestId: string): void {
  if (probed.hasSubscribers) probed.publish({ clock, requestId } satisfies Probed);
}

/** Publishes what `describe` returns. If nobody listens, it isn't even called. */
export function publish(clock: Clock, describe: () => Correlation & Happening, began?: Moment): void {
  if (!happened.hasSubscribers) return;
  const { at, mono } = began ?? momentOf(clock);
  happened.publish({ clock, at, mono, event: describe() } satisfies Published);
}

/** A time, for an event that is published when it has ended. */
export interface Moment {
  readonly at: number;
  readonly mono: number;
}

/** Returns the current time. */
export function momentOf(clock: Clock): Moment {
  return { at: clock.now().getTime(), mono: performance.now() };
}

/** Returns the milliseconds since a time. */
export function since({ mono }: Moment): number {
  return performance.now() - mono;
}
