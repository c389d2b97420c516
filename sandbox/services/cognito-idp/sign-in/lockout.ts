import type { Call } from '../../../calls/context.ts';
import type { UserPoolRecord, UserRecord } from '../records.ts';
import { notAuthorized, wrongPassword } from '../user-errors.ts';
import { putUser } from '../users/user.ts';

/** The fifth wrong password locks for a second, each further one for twice as long, up to 15 minutes. */
const free = 5;
const longest = 15 * 60;

/**
 * Throws if too many wrong passwords were tried recently; then even the right one doesn't help
 * (https://docs.aws.amazon.com/cognito/latest/developerguide/authentication.html, "Lockout behavior").
 */
export function requireNoLockout({ failures }: Pick<UserRecord, 'failures'>, { clock }: Call<'clock'>): void {
  if (failures === undefined || failures.count < free) return;
  const seconds = Math.min(2 ** (failures.count - free), longest);
  if (clock.now().getTime() < Date.parse(failures.last) + seconds * 1000) {
    throw notAuthorized('Password attempts exceeded');
  }
}

/** Counts a wrong password and rejects it. After 15 quiet minutes, earlier ones are forgotten. */
export async function refusePassword(
  user: UserRecord,
  pool: UserPoolRecord,
  call: Call<'store' | 'clock'>,
): Promise<never> {
  const now = call.clock.now();
  const { count, last } = user.failures ?? { count: 0, last: now.toISOString() };
  const isQuiet = now.getTime() - Date.parse(last) >= longest * 1000;
  const failures = { count: isQuiet ? 1 : count + 1, last: now.toISOString() };
  await call.store.commit([putUser({ ...user, failures }, pool, call)]);
  throw wrongPassword();
}
