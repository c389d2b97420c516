import { createHmac, hkdfSync } from 'node:crypto';
import type { PoolKeysRecord, UserPoolRecord } from '../records.ts';
import type { Verifier } from '../srp.ts';
import { keyOf } from '../users/user.ts';

/** What stands for someone who is not there, where the client hides who is. */
export interface FeignedUser {
  readonly username: string;
  /** Nobody's password: what it is made of is no power of anything known. */
  readonly password: Verifier;
}

/**
 * Someone who is not there: the same at every try, and however the name is spelled, where the pool ignores case.
 * Users who sign in with an address have an id for their name, and so has this one
 * (https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html).
 */
export function feignedUser(given: string, pool: UserPoolRecord, { secret }: PoolKeysRecord): FeignedUser {
  const mac = createHmac('sha256', Buffer.from(secret, 'base64url')).update(keyOf(pool, given)).digest();
  const isById = (pool.settings.UsernameAttributes ?? []).length > 0;
  return {
    username: isById ? uuidOf(mac.subarray(16)) : given,
    password: {
      salt: mac.subarray(0, 16).toString('hex'),
      verifier: Buffer.from(hkdfSync('sha256', mac, '', 'verifier', 384)).toString('hex'),
    },
  };
}

/** Sixteen bytes as a v4 UUID. */
function uuidOf(bytes: Buffer): string {
  const hexadecimal = bytes.toString('hex');
  const [, a, b, c, d, e] = /^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/.exec(hexadecimal) ?? [];
  const variant = '89ab'[Number.parseInt(hexadecimal.charAt(16), 16) % 4];
  return `${a}-${b}-4${c}-${variant}${d}-${e}`;
}
