import { type Call, regional } from '../../calls/context.ts';
import { constraint, notFound } from './errors.ts';
import { type UserPoolClientRecord, type UserPoolRecord, userPoolClients, userPools } from './records.ts';

type Regional = Pick<Call, 'accountId' | 'region'>;

/** `arn:aws:cognito-idp:<region>:<account>:userpool/<id>`: the resource of all Cognito permissions. */
export function poolArn(poolId: string | undefined, { region, accountId }: Regional): string {
  return `arn:aws:cognito-idp:${region}:${accountId}:userpool/${poolId ?? ''}`;
}

/** Returns the pool; throws ResourceNotFoundException, or InvalidParameterException for an invalid pool id. */
export function findPool(poolId: string | undefined, call: Regional & Pick<Call<'store'>, 'store'>): UserPoolRecord {
  requirePoolId(poolId);
  const pool = userPools.get(call.store, regional(call), poolId);
  if (pool === undefined) throw notFound(`User pool ${poolId} does not exist.`);
  return pool;
}

function requirePoolId(poolId: string | undefined): asserts poolId is string {
  if (poolId === undefined) throw constraint('userPoolId', poolId, 'Member must not be null');
  if (poolId.length > 55) throw constraint('userPoolId', poolId, 'Member must have length less than or equal to 55');
  if (!/^[\w-]+_[0-9a-zA-Z]+$/.test(poolId)) {
    throw constraint('userPoolId', poolId, 'Member must satisfy regular expression pattern: [\\w-]+_[0-9a-zA-Z]+');
  }
}

/** Returns a client of a pool, or by its id alone; throws ResourceNotFoundException. */
export function findClient(
  clientId: string | undefined,
  call: Regional & Pick<Call<'store'>, 'store'>,
  poolId?: string,
): UserPoolClientRecord {
  requireClientId(clientId);
  const client = userPoolClients.get(call.store, regional(call), clientId);
  if (client === undefined || (poolId !== undefined && client.poolId !== poolId)) {
    throw notFound(`User pool client ${clientId} does not exist.`);
  }
  return client;
}

/** Returns the clients of a pool, sorted by id. */
export function clientsOf(id: string, call: Regional & Pick<Call<'store'>, 'store'>): UserPoolClientRecord[] {
  return userPoolClients.list(call.store, regional(call)).filter(({ poolId }) => poolId === id);
}

function requireClientId(clientId: string | undefined): asserts clientId is string {
  if (clientId === undefined) throw constraint('clientId', clientId, 'Member must not be null');
  if (clientId.length < 1) throw constraint('clientId', clientId, 'Member must have length greater than or equal to 1');
  if (clientId.length > 128)
    throw constraint('clientId', clientId, 'Member must have length less than or equal to 128');
  if (!/^[\w+]+$/.test(clientId)) {
    throw constraint('clientId', clientId, 'Member must satisfy regular expression pattern: [\\w+]+');
  }
}

/** `cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI`: the issuer of a pool's tokens, without `https://`. */
export function providerName(poolId: string): string {
  return `cognito-idp.${regionOf(poolId)}.amazonaws.com/${poolId}`;
}

/** The `iss` claim in a pool's tokens. */
export function issuer(poolId: string): string {
  return `https://${providerName(poolId)}`;
}

/** The region at the beginning of a pool's id. */
export function regionOf(poolId: string): string {
  return poolId.slice(0, poolId.lastIndexOf('_'));
}
