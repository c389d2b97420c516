import type { Call } from '../../../calls/context.ts';
import { findClient, findPool } from '../pool.ts';
import type { UserPoolClientRecord, UserPoolRecord } from '../records.ts';
import { requireSecretHash } from '../secret-hash.ts';

/** The common input of calls that users make for themselves. */
interface Naming {
  readonly ClientId?: string | undefined;
  readonly SecretHash?: string | undefined;
  readonly Username?: string | undefined;
}

/**
 * The client through which a user calls, its pool, and the given name. Throws ResourceNotFoundException, or
 * NotAuthorizedException if the secret hash doesn't match the name.
 */
export function throughClient(
  { ClientId, SecretHash, Username: username = '' }: Naming,
  call: Call<'store'>,
): { readonly client: UserPoolClientRecord; readonly pool: UserPoolRecord; readonly username: string } {
  const client = findClient(ClientId, call);
  const pool = findPool(client.poolId, call);
  requireSecretHash(client, SecretHash, username);
  return { client, pool, username };
}
