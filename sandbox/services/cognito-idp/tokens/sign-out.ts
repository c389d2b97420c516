import type { Call } from '../../../calls/context.ts';
import type { UserRecord } from '../records.ts';

/** The changes that sign a user out everywhere: all tokens issued so far are revoked. */
export function signedOut({ clock }: Call<'clock'>): Pick<UserRecord, 'signedOutAt' | 'signedInSince'> {
  return { signedOutAt: clock.now().toISOString(), signedInSince: [] };
}

/**
 * The user after a sign-in, whose event is recorded if a token's whole seconds can't distinguish it from revoked ones.
 */
export function signedIn(user: UserRecord, eventId: string, { clock }: Call<'clock'>): UserRecord {
  const { signedOutAt, signedInSince = [] } = user;
  if (signedOutAt === undefined || inSeconds(clock.now()) > inSeconds(new Date(signedOutAt))) return user;
  return { ...user, signedInSince: [...signedInSince, eventId] };
}

/** Whether a token issued then, in seconds since 1970, was revoked when its user was signed out everywhere. */
export function endedBySignOut(
  { iat, eventId }: { readonly iat: number; readonly eventId: string },
  { signedOutAt, signedInSince = [] }: UserRecord,
): boolean {
  if (signedOutAt === undefined || signedInSince.includes(eventId)) return false;
  return iat <= inSeconds(new Date(signedOutAt));
}

/** Whole seconds since 1970, as in tokens. */
export function inSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
