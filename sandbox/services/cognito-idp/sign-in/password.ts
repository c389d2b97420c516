import type { InitiateAuthResponse } from '@aws-sdk/client-cognito-identity-provider';
import { hidesAbsence, userNotFound, wrongPassword } from '../user-errors.ts';
import { isPasswordOf } from '../users/password.ts';
import { findUser } from '../users/user.ts';
import { admit } from './admit.ts';
import type { Attempt, SignInCall } from './attempt.ts';
import { refusePassword, requireNoLockout } from './lockout.ts';
import { parameter, usernameOf } from './parameters.ts';

/** USER_PASSWORD_AUTH and ADMIN_USER_PASSWORD_AUTH: the password itself comes. */
export function signInWithPassword(attempt: Attempt, call: SignInCall): Promise<InitiateAuthResponse> {
  const username = usernameOf(attempt);
  const password = parameter(attempt, 'PASSWORD');
  const user = findUser(username, attempt.pool, call);
  if (user === undefined) throw hidesAbsence(attempt.client) ? wrongPassword() : userNotFound();
  requireNoLockout(user, call);
  return isPasswordOf(password, user) ? admit(user, attempt, call) : refusePassword(user, attempt.pool, call);
}
