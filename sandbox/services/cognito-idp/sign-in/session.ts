import type { Sealed } from '../seal.ts';
import { inSeconds } from '../tokens/sign-out.ts';
import { notAuthorized } from '../user-errors.ts';
import type { SignInAttempt, SignInCall } from './sign-in-attempt.ts';

/** Until when a challenge can be answered, in seconds since 1970: three minutes, unless the client says otherwise. */
export function sessionEnd({ client }: Pick<SignInAttempt, 'client'>, { clock }: Pick<SignInCall, 'clock'>): number {
  return inSeconds(clock.now()) + (client.settings.AuthSessionValidity ?? 3) * 60;
}

/** Throws NotAuthorizedException if the time to answer a challenge is over. */
export function requireOpen({ exp }: Pick<Sealed, 'exp'>, { clock }: Pick<SignInCall, 'clock'>): void {
  if (exp * 1000 > clock.now().getTime()) return;
  throw notAuthorized('Invalid session for the user, session is expired.');
}
