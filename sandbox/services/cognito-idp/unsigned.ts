import type { UnsignedCall } from '../../calls/operation.ts';
import { userPoolClients, userPools } from './records.ts';
import { poolNamedIn } from './tokens/pool-named-in.ts';

/**
 * For operations that name a client: the scope that contains it. Cognito accepts these calls from anyone, and derives
 * the account from the client.
 */
export function byClient(
  { ClientId }: { readonly ClientId?: string | undefined },
  call: UnsignedCall,
): string | undefined {
  if (ClientId === undefined) return undefined;
  return scopesOf(userPoolClients.scopes(call.store), call).find(
    (scope) => userPoolClients.get(call.store, scope, ClientId) !== undefined,
  );
}

/** For operations with an access token: the scope of the pool that issued it. Nothing is verified yet. */
export function byAccessToken(
  { AccessToken }: { readonly AccessToken?: string | undefined },
  call: UnsignedCall,
): string | undefined {
  const poolId = poolNamedIn(AccessToken ?? '');
  if (poolId === undefined) return undefined;
  return scopesOf(userPools.scopes(call.store), call).find(
    (scope) => userPools.get(call.store, scope, poolId) !== undefined,
  );
}

function scopesOf(scopes: readonly string[], { region }: UnsignedCall): readonly string[] {
  return region === undefined ? scopes : scopes.filter((scope) => scope.endsWith(`/${region}`));
}
