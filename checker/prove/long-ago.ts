import type { Past } from '../target/past.ts';

/** Longer than any token lives that a check would wait for, in milliseconds. */
const LONG = 10 * 60_000;

/** A clock for a practice account, and the way to set it back for a while. */
export interface ProvingClock {
  readonly clock: { now(): Date };
  readonly past: Past;
}

/** Shows the machine's time, but while something is done long ago. */
export function provingClock(): ProvingClock {
  let back = 0;
  return {
    clock: { now: () => new Date(Date.now() - back) },
    past: {
      distance: LONG,
      async during(work) {
        back = LONG;
        try {
          return await work();
        } finally {
          back = 0;
        }
      },
    },
  };
}
