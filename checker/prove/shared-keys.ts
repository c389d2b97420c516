import type { KeyObject } from 'node:crypto';
import { type Ids, randomIds } from '../aws/practice.ts';

const made: Array<Promise<KeyObject>> = [];

/**
 * Ids for a separate account that reuses RSA keys of earlier accounts: generating one takes up to a third of a second,
 * a pool has two, and such accounts are independent. Within one account, no two are the same.
 */
export function idsWithSharedKeys(): Ids {
  let next = 0;
  return {
    ...randomIds,
    rsaKey() {
      const key = made[next] ?? randomIds.rsaKey();
      made[next] = key;
      next += 1;
      return key;
    },
  };
}
