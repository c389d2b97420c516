import type { Caller } from '../../calls/caller.ts';
import { type Call, global } from '../../calls/context.ts';
import type { Store } from '../../state/store.ts';
import { noSuchEntity } from './naming.ts';
import { type AccessKeyRecord, accessKeys, users } from './records.ts';

/** Returns an access key of the caller's account. Throws NoSuchEntity. */
export function requireAccessKey(id: string | undefined, userName: string, call: Call<'store'>): AccessKeyRecord {
  const key = accessKeys.get(call.store, global(call), id ?? '');
  if (key?.UserName !== userName) throw noSuchEntity(`The Access Key with id ${id} cannot be found.`);
  return key;
}

/** An access key's owner and secret, in any account; undefined for an invalid or inactive one. */
export function findAccessKey(
  id: string,
  store: Pick<Store, 'get' | 'scopes'>,
): { secretAccessKey: string; caller: Caller } | undefined {
  for (const scope of accessKeys.scopes(store)) {
    const key = accessKeys.get(store, scope, id);
    const user = key?.Status === 'Active' ? users.get(store, scope, key.UserName) : undefined;
    if (key === undefined || user === undefined) continue;
    const accountId = user.Arn.split(':')[4] ?? '';
    const caller: Caller = { accountId, arn: user.Arn, userId: user.UserId, type: 'user' };
    return { secretAccessKey: key.SecretAccessKey, caller };
  }
  return undefined;
}
