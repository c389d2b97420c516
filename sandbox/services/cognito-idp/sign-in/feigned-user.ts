import { createHmac, hkdfSync } from 'node:crypto';
import type { PoolKeysRecord, UserPoolRecord } from '../records.ts';
import type { Verifier } from '../srp.ts';
import { keyOf } from '../users/user.ts';

/** Stands in for a nonexistent user if the client hides who exists. */
export interface FeignedUser {
  readonly username: string;
  /** Nobody's password: its verifier isn't a power of anything known. */
  readonly password: Verifier;
}

/**
 * A nonexistent user: the same at every attempt, and in a case-insensitive pool with every spelling of the name. Users
 * who sign in with an address have an id as their name, and so does this one
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
