import type { AuthenticationResultType } from '@aws-sdk/client-cognito-identity-provider';
import { type JWK, type JWTPayload, SignJWT } from 'jose';
import { type Call, regional } from '../../../calls/context.ts';
import { notFound } from '../errors.ts';
import { groupKey } from '../group.ts';
import { issuer } from '../pool.ts';
import {
  type GroupRecord,
  groups,
  type PoolKeysRecord,
  poolKeys,
  type UserPoolClientRecord,
  type UserRecord,
} from '../records.ts';
import { type Sealed, seal } from '../seal.ts';
import { tokenLifetimes } from '../token-validity.ts';
import { inSeconds } from './sign-out.ts';

/** The content of a refresh token, readable only by the pool. Times in seconds since 1970. */
export interface RefreshToken extends Sealed {
  readonly kind: 'refresh';
  readonly sub: string;
  readonly username: string;
  readonly clientId: string;
  readonly iat: number;
  readonly authTime: number;
  readonly originJti: string;
  readonly eventId: string;
}

/** Somebody who has just signed in, or signed in earlier and refreshes. */
export interface SignedIn {
  readonly user: UserRecord;
  readonly client: UserPoolClientRecord;
  /** The sign-in's id, in the tokens and their successors. */
  readonly eventId: string;
  /** The token that is being refreshed; absent at sign-in, which is the only way to get a refresh token. */
  readonly refreshed?: RefreshToken;
}

/**
 * The tokens of a sign-in, with AWS's claims
 * (https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-with-identity-providers.html).
 */
export async function issueTokens(
  { user, client, eventId, refreshed }: SignedIn,
  call: Call<'store' | 'clock' | 'ids'>,
): Promise<AuthenticationResultType> {
  const keys = keysOf(client.poolId, call);
  const [idKey, accessKey] = keys.keys;
  if (idKey === undefined || accessKey === undefined) throw new Error(`${client.poolId} has fewer than two keys.`);
  const now = inSeconds(call.clock.now());
  const validity = tokenLifetimes(client.settings);
  const origin = refreshed?.originJti ?? call.ids.uuid();
  const memberOf = groupsOf(user, call);
  const shared = {
    sub: user.attributes.sub ?? '',
    ...(memberOf.length === 0 ? {} : { 'cognito:groups': memberOf.map(({ name }) => name) }),
    iss: issuer(client.poolId),
    ...(client.settings.EnableTokenRevocation === false ? {} : { origin_jti: origin }),
    event_id: eventId,
    auth_time: refreshed?.authTime ?? now,
    iat: now,
  };
  const [IdToken, AccessToken, RefreshToken] = await Promise.all([
    sign(idKey, {
      ...shared,
      ...rolesOf(memberOf),
      ...readable(user, client),
      'cognito:username': user.username,
      aud: client.id,
      token_use: 'id',
      exp: now + validity.id,
      jti: call.ids.uuid(),
    }),
    sign(accessKey, {
      ...shared,
      client_id: client.id,
      username: user.username,
      scope: 'aws.cognito.signin.user.admin',
      token_use: 'access',
      exp: now + validity.access,
      jti: call.ids.uuid(),
    }),
    refreshed === undefined
      ? seal<RefreshToken>(
          {
            kind: 'refresh',
            sub: shared.sub,
            username: user.username,
            clientId: client.id,
            iat: now,
            exp: now + validity.refresh,
            authTime: now,
            originJti: origin,
            eventId,
          },
          keys,
        )
      : undefined,
  ]);
  return {
    AccessToken,
    ExpiresIn: validity.access,
    TokenType: 'Bearer',
    RefreshToken,
    IdToken,
  };
}

/** Returns the keys of a pool; throws ResourceNotFoundException. */
export function keysOf(poolId: string, call: Call<'store'>): PoolKeysRecord {
  const keys = poolKeys.get(call.store, regional(call), poolId);
  // Happens if the pool is deleted during a wait.
  if (keys === undefined) throw notFound(`User pool ${poolId} does not exist.`);
  return keys;
}

async function sign(key: PoolKeysRecord['keys'][number], claims: JWTPayload): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ kid: key.kid, alg: 'RS256' }).sign(key as JWK);
}

/** The user's attributes that the client can read, as claims: flags and numbers with their types. */
function readable({ attributes }: UserRecord, { settings }: UserPoolClientRecord): JWTPayload {
  const { sub: _, ...others } = attributes;
  const allowed = Object.entries(others).filter(([name]) => settings.ReadAttributes?.includes(name) ?? true);
  return Object.fromEntries(
    allowed.map(([name, value]) => [
      name,
      name.endsWith('_verified') ? value === 'true' : name === 'updated_at' ? Number(value) : value,
    ]),
  );
}

function rolesOf(memberOf: readonly GroupRecord[]): JWTPayload {
  const roles = memberOf.flatMap(({ roleArn }) => (roleArn === undefined ? [] : [roleArn]));
  return roles.length === 0 ? {} : { 'cognito:roles': roles, 'cognito:preferred_role': roles[0] };
}

/** The user's groups, by precedence: the lowest number first. */
function groupsOf(user: UserRecord, call: Call<'store'>): GroupRecord[] {
  return user.groups
    .map((name) => groups.get(call.store, regional(call), groupKey(user.poolId, name)))
    .filter((group) => group !== undefined)
    .sort((a, b) => (a.precedence ?? Number.POSITIVE_INFINITY) - (b.precedence ?? Number.POSITIVE_INFINITY) || 0);
}
