import type { KeyObject } from 'node:crypto';
import type { Ids } from '../calls/ids.ts';

/** A user pool has two keys. */
const most = 2;

/**
 * How long after a key was taken the next ones are generated, in milliseconds: the request that took it comes first.
 */
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
    // An error is for the request that takes the key.
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
