import type { Call } from '../../../calls/context.ts';
import { findClient, findPool } from '../pool.ts';
import type { UserPoolClientRecord, UserPoolRecord } from '../records.ts';
import { requireSecretHash } from '../secret-hash.ts';

/** What anyone says who calls for themselves. */
interface Naming {
  readonly ClientId?: string | undefined;
  readonly SecretHash?: string | undefined;
  readonly Username?: string | undefined;
}

/**
 * The client through which someone calls for themselves, its pool, and the name they give. Throws
 * ResourceNotFoundException, or NotAuthorizedException where the hash of the client's secret does not fit the name.
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
