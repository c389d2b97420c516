import type { Call } from '../../../context.ts';
import type { AwsError } from '../../../errors.ts';
import type { UserPoolRecord, UserRecord } from '../records.ts';
import { putUser } from './user.ts';

/** What operations on users need of the account. */
export type UserCall = Call<'store' | 'clock' | 'ids' | 'say'>;

/** Keeps what a refused attempt leaves behind, if anything, and refuses it. */
export async function refuse(
  error: AwsError,
  user: UserRecord | undefined,
  pool: UserPoolRecord,
  call: Call<'store'>,
): Promise<never> {
  if (user !== undefined) await call.store.commit([putUser(user, pool, call)]);
  throw error;
}
