import type { Past } from '../aws/past.ts';

/**
 * Longer than any token lives that a check would wait for, in milliseconds, but only slightly: a room that allows some
 * extra minutes must not seem to allow none.
 */
const LONG = 5 * 60_000 + 90_000;

/** A clock for a practice account, and a way to set it back for a while. */
export interface ProvingClock {
  readonly clock: { now(): Date };
  readonly past: Past;
}

/** Shows the machine's time, except while something is done long ago. */
export function provingClock(): ProvingClock {
  let back = 0;
  return {
    clock: { now: () => new Date(Date.now() - back) },
    past: {
      distance: LONG,
      async during(work, distance = LONG) {
        back = distance;
        try {
          return await work();
        } finally {
          back = 0;
        }
      },
    },
  };
}
