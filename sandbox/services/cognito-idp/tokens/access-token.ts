import { createLocalJWKSet, errors, type JWK, jwtVerify } from 'jose';
import { type Call, regional } from '../../../calls/context.ts';
import { AwsError } from '../../../calls/errors.ts';
import { constraint, invalidParameter } from '../errors.ts';
import { findClient, findPool, issuer } from '../pool.ts';
import { poolKeys, type UserPoolClientRecord, type UserPoolRecord, type UserRecord } from '../records.ts';
import { notAuthorized, userNotFound } from '../user-errors.ts';
import { findBySub } from '../users/user.ts';
import { poolNamedIn } from './pool-named-in.ts';
import { isRevoked } from './revocations.ts';
import { endedBySignOut } from './sign-out.ts';

/** The content of a verified access token. */
export interface AccessClaims {
  readonly poolId: string;
  readonly sub: string;
  readonly username: string;
  readonly clientId: string;
  readonly originJti: string | undefined;
  readonly iat: number;
  readonly eventId: string;
}

/** The token's user, in the account's current state. */
export interface TokenOwner {
  readonly user: UserRecord;
  readonly pool: UserPoolRecord;
  readonly client: UserPoolClientRecord;
}

/**
 * Verifies an access token: signature, issuer, kind, time. Whether it was revoked, and whether its user still exists,
 * is decided by `ownerOf`, synchronously. Throws NotAuthorizedException.
 */
export async function verifyAccessToken(
  token: string | undefined,
  call: Call<'store' | 'clock'>,
): Promise<AccessClaims> {
  if (token === undefined) throw constraint('accessToken', token, 'Member must not be null');
  if (!/^[A-Za-z0-9\-_=.]+$/.test(token)) {
    throw invalidParameter(
      "1 validation error detected: Value at 'accessToken' failed to satisfy constraint: Member must satisfy regular expression pattern: [A-Za-z0-9-_=.]+",
    );
  }
  const poolId = poolNamedIn(token);
  const keys = poolId === undefined ? undefined : poolKeys.get(call.store, regional(call), poolId);
  if (poolId === undefined || keys === undefined) throw notAuthorized('Invalid Access Token');
  try {
    const known = createLocalJWKSet({
      keys: keys.keys.map(({ kid, n, e }) => ({ kty: 'RSA', alg: 'RS256', kid, n, e })) as JWK[],
    });
    const { payload } = await jwtVerify(token, known, {
      algorithms: ['RS256'],
      issuer: issuer(poolId),
      currentDate: call.clock.now(),
    });
    const { sub = '', username, client_id: clientId, origin_jti: originJti, token_use: use, iat = 0 } = payload;
    const eventId = String(payload.event_id ?? '');
    if (use !== 'access' || typeof username !== 'string' || typeof clientId !== 'string') {
      throw notAuthorized('Invalid Access Token');
    }
    return {
      poolId,
      sub,
      username,
      clientId,
      iat,
      eventId,
      originJti: typeof originJti === 'string' ? originJti : undefined,
    };
  } catch (error) {
    throw refusal(error);
  }
}

/**
 * Returns the current user, pool and client of a verified token. Throws if the token was revoked or the user no longer
 * exists.
 */
export function ownerOf(claims: AccessClaims, call: Call<'store' | 'clock'>): TokenOwner {
  const pool = findPool(claims.poolId, call);
  const client = findClient(claims.clientId, call, pool.id);
  const user = findBySub(claims, pool, call);
  if (user === undefined) throw userNotFound();
  if (!user.enabled) throw notAuthorized('User is disabled.');
  if (endedBySignOut(claims, user) || isRevoked(pool.id, claims.originJti, call)) {
    throw notAuthorized('Access Token has been revoked');
  }
  return { user, pool, client };
}

function refusal(error: unknown): unknown {
  if (error instanceof AwsError) return error;
  if (error instanceof errors.JWTExpired) return notAuthorized('Access Token has expired');
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return notAuthorized('Could not verify signature for Access Token');
  }
  return error instanceof errors.JOSEError ? notAuthorized('Invalid Access Token') : error;
}
