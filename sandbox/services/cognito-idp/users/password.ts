import type { Call } from '../../../calls/context.ts';
import type { UserPoolRecord, UserRecord } from '../records.ts';
import { isPassword, verifierOf } from '../srp.ts';

type Owner = Pick<UserRecord, 'poolId' | 'username'>;

/** Returns the part of a user's record about a new password: its verifier, and for a temporary one, its expiry. */
export function permanentPassword(password: string, owner: Owner, { ids }: Call<'ids'>): Partial<UserRecord> {
  return { password: verifierOf(password, owner, ids.bytes(16)), passwordExpires: undefined, failures: undefined };
}

/** Like `permanentPassword`, for one that the user must change within the pool's number of days. */
export function temporary(
  password: string,
  owner: Owner,
  { settings }: Pick<UserPoolRecord, 'settings'>,
  call: Call<'ids' | 'clock'>,
): Partial<UserRecord> {
  const days = settings.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays ?? 7;
  const ends = new Date(call.clock.now().getTime() + days * 86_400_000);
  return { ...permanentPassword(password, owner, call), passwordExpires: ends.toISOString() };
}

/** Whether this is the user's password. */
export function isPasswordOf(password: string, user: UserRecord): boolean {
  return user.password !== undefined && isPassword(password, user, user.password);
}
