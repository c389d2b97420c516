import type { Past } from '../aws/past.ts';

/**
 * Longer than any token lives that a check would wait for, in milliseconds, and hardly so: a room that allows for some
 * minutes more must not look as if it allowed for none.
 */
const LONG = 5 * 60_000 + 90_000;

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
