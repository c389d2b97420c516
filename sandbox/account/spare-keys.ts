import type { KeyObject } from 'node:crypto';
import type { Ids } from '../calls/ids.ts';

/** A user pool has two keys. */
const most = 2;

/** How long after a key was taken others are generated, in milliseconds: not beside what needed it. */
const moment = 5_000;

/**
 * Keeps RSA keys ready once the first ones were needed: generating them takes longer than everything else that a new
 * user pool needs, and checks create a pool of their own each time.
 */
export function withSpareKeys(ids: Ids, later = moment): Ids {
  const spare: Array<Promise<KeyObject>> = [];
  let timer: NodeJS.Timeout | undefined;
  const fill = () => {
    while (spare.length < most) spare.push(ids.rsaKey());
    // Whoever takes one gets its error.
    for (const key of spare) key.catch(() => {});
  };
  return {
    ...ids,
    rsaKey() {
      clearTimeout(timer);
      timer = setTimeout(fill, later).unref();
      return spare.shift() ?? ids.rsaKey();
    },
  };
}
