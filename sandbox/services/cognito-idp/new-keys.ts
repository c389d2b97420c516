import { createHash, type KeyObject } from 'node:crypto';
import type { Ids } from '../../calls/ids.ts';
import type { PoolKeysRecord } from './records.ts';

/** Returns the keys of a new pool: one for ID tokens and one for access tokens, 2048-bit RSA like AWS's. */
export async function newKeys(poolId: string, ids: Pick<Ids, 'bytes' | 'rsaKey'>): Promise<PoolKeysRecord> {
  const keys = await Promise.all([ids.rsaKey(), ids.rsaKey()]);
  return { poolId, keys: keys.map(described), secret: ids.bytes(32).toString('base64url') };
}

function described(privateKey: KeyObject): PoolKeysRecord['keys'][number] {
  const jwk = privateKey.export({ format: 'jwk' });
  const kid = createHash('sha256')
    .update(jwk.n ?? '')
    .digest('base64');
  return { ...jwk, kid, alg: 'RS256', use: 'sig' };
}
