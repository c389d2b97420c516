import type { InitiateAuthResponse } from '@aws-sdk/client-cognito-identity-provider';
import { isPassword } from '../srp.ts';
import { keysOf } from '../tokens/issue.ts';
import { hidesAbsence, userNotFound, wrongPassword } from '../user-errors.ts';
import { isPasswordOf } from '../users/password.ts';
import { findUser } from '../users/user.ts';
import { admit } from './admit.ts';
import { feignedUser } from './feigned-user.ts';
import { refusePassword, requireNoLockout } from './lockout.ts';
import { parameter, usernameOf } from './parameters.ts';
import type { SignInAttempt, SignInCall } from './sign-in-attempt.ts';

/** USER_PASSWORD_AUTH and ADMIN_USER_PASSWORD_AUTH: the password itself is sent. */
export function signInWithPassword(attempt: SignInAttempt, call: SignInCall): Promise<InitiateAuthResponse> {
  const username = usernameOf(attempt);
  const password = parameter(attempt, 'PASSWORD');
  const user = findUser(username, attempt.pool, call);
  if (user === undefined) throw absent(username, password, attempt, call);
  requireNoLockout(user, call);
  return isPasswordOf(password, user) ? admit(user, attempt, call) : refusePassword(user, attempt.pool, call);
}

/** The error for a nonexistent user: if the client hides that, it takes as long as a wrong password. */
function absent(username: string, password: string, { pool, client }: SignInAttempt, call: SignInCall): Error {
  if (!hidesAbsence(client)) return userNotFound();
  const feigned = feignedUser(username, pool, keysOf(pool.id, call));
  isPassword(password, { poolId: pool.id, username: feigned.username }, feigned.password);
  return wrongPassword();
}
