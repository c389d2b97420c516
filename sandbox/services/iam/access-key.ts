import { type Call, type Caller, global } from '../../calls/context.ts';
import type { Store } from '../../state/store.ts';
import { noSuchEntity } from './naming.ts';
import { type AccessKeyRecord, accessKeys, users } from './records.ts';

/** An access key of the caller's account. Throws NoSuchEntity. */
export function requireAccessKey(id: string | undefined, userName: string, call: Call<'store'>): AccessKeyRecord {
  const key = accessKeys.get(call.store, global(call), id ?? '');
  if (key?.UserName !== userName) throw noSuchEntity(`The Access Key with id ${id} cannot be found.`);
  return key;
}

/** Whose an access key is and what its secret is, whichever account it is of; undefined for one that signs nobody in. */
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
