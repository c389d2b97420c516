import type { HttpRequest, HttpResponse } from '../../calls/operation.ts';
import type { Store } from '../../state/store.ts';
import { issuer, regionOf } from './pool.ts';
import { type PoolKeysRecord, poolKeys } from './records.ts';

/**
 * A pool's key set and discovery document, which anyone can read: `GET /<poolId>/.well-known/jwks.json` and
 * `…/openid-configuration`, at the account's own address and at `cognito-idp.<region>.amazonaws.com`
 * (https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints.html). Undefined for other addresses.
 */
export function wellKnown(
  { path, headers }: HttpRequest,
  { store }: { readonly store: Store },
): HttpResponse | undefined {
  const [, poolId, document] =
    /^\/([\w-]+_[0-9a-zA-Z]+)\/\.well-known\/(jwks\.json|openid-configuration)$/.exec(path) ?? [];
  const region = regionAt(headers.host ?? '');
  if (poolId === undefined || region === undefined) return undefined;
  // A pool is only known at its own region's addresses.
  const keys = region === 'any' || region === regionOf(poolId) ? findKeys(poolId, store) : undefined;
  if (keys === undefined) {
    return answer(404, 'no-store', {
      code: 'ResourceNotFoundException',
      message: `User pool ${poolId} does not exist.`,
    });
  }
  return answer(200, 'public, max-age=86400', document === 'jwks.json' ? keySet(keys) : discovery(poolId));
}

/** The region of a Cognito host name; the account's own address is for any, other AWS names for none. */
function regionAt(host: string): string | undefined {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return name.endsWith('amazonaws.com') ? /^cognito-idp\.([a-z0-9-]+)\.amazonaws\.com$/.exec(name)?.[1] : 'any';
}

function findKeys(poolId: string, store: Store): PoolKeysRecord | undefined {
  for (const scope of poolKeys.scopes(store)) {
    const keys = poolKeys.get(store, scope, poolId);
    if (keys !== undefined) return keys;
  }
  return undefined;
}

/** The public halves, each with AWS's six members. */
function keySet({ keys }: PoolKeysRecord): object {
  return { keys: keys.map(({ e, kid, n }) => ({ alg: 'RS256', e, kid, kty: 'RSA', n, use: 'sig' })) };
}

/** AWS's document for a pool without a domain, which has no sign-in addresses of its own. */
function discovery(poolId: string): object {
  return {
    id_token_signing_alg_values_supported: ['RS256'],
    issuer: issuer(poolId),
    jwks_uri: `${issuer(poolId)}/.well-known/jwks.json`,
    response_types_supported: ['code', 'token'],
    scopes_supported: ['openid', 'email', 'phone', 'profile'],
    subject_types_supported: ['public'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  };
}

function answer(status: number, cacheControl: string, body: object): HttpResponse {
  return {
    status,
    headers: {
      'content-type': 'application/json',
      'cache-control': cacheControl,
      'access-control-allow-origin': '*',
    },
    body: JSON.stringify(body),
  };
}
