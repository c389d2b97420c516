import type { Call } from '../../../calls/context.ts';
import { findPool } from '../pool.ts';
import type { UserPoolClientRecord, UserRecord } from '../records.ts';
import { unseal } from '../seal.ts';
import { notAuthorized } from '../user-errors.ts';
import { findBySub } from '../users/user.ts';
import { keysOf, type RefreshToken } from './issue.ts';
import { isRevoked } from './revocations.ts';
import { endedBySignOut } from './sign-out.ts';

/** Opens a client's refresh token; throws NotAuthorizedException if it isn't this client's. */
export async function openRefreshToken(
  token: string,
  client: Pick<UserPoolClientRecord, 'id' | 'poolId'>,
  call: Call<'store'>,
): Promise<RefreshToken> {
  const opened = await unseal<RefreshToken>(token, 'refresh', keysOf(client.poolId, call));
  if (opened === undefined || opened.clientId !== client.id) throw notAuthorized('Invalid Refresh Token');
  return opened;
}

/** Returns the current user of an opened refresh token. Throws if it has expired or was revoked. */
export function refreshedUser(
  token: RefreshToken,
  client: Pick<UserPoolClientRecord, 'poolId'>,
  call: Call<'store' | 'clock'>,
): UserRecord {
  if (token.exp * 1000 <= call.clock.now().getTime()) throw notAuthorized('Refresh Token has expired');
  const user = findBySub(token, findPool(client.poolId, call), call);
  if (user !== undefined && !user.enabled) throw notAuthorized('User is disabled.');
  if (user === undefined || endedBySignOut(token, user) || isRevoked(client.poolId, token.originJti, call)) {
    throw notAuthorized('Refresh Token has been revoked');
  }
  return user;
}
