import { createHash, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { Ids } from '../../context.ts';
import type { PoolKeysRecord } from './records.ts';

const generate = promisify(generateKeyPair);

/** The keys of a new pool: one for ID tokens and one for access tokens, RSA of 2048 bits, as AWS's are. */
export async function newKeys(poolId: string, ids: Pick<Ids, 'bytes'>): Promise<PoolKeysRecord> {
  const keys = await Promise.all([newKey(), newKey()]);
  return { poolId, keys, secret: ids.bytes(32).toString('base64url') };
}

async function newKey(): Promise<PoolKeysRecord['keys'][number]> {
  const { privateKey } = await generate('rsa', { modulusLength: 2048 });
  const jwk = privateKey.export({ format: 'jwk' });
  const kid = createHash('sha256')
    .update(jwk.n ?? '')
    .digest('base64');
  return { ...jwk, kid, alg: 'RS256', use: 'sig' };
}
