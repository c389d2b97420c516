import type { InitiateAuthResponse } from '@aws-sdk/client-cognito-identity-provider';
import { AwsError } from '../../../calls/errors.ts';
import type { UserRecord } from '../records.ts';
import { type Sealed, seal } from '../seal.ts';
import { issueTokens, keysOf } from '../tokens/issue.ts';
import { signedIn } from '../tokens/sign-out.ts';
import { notAuthorized } from '../user-errors.ts';
import { missingAttributes } from '../users/attributes.ts';
import { putUser } from '../users/user.ts';
import { sessionEnd } from './session.ts';
import type { SignInAttempt, SignInCall } from './sign-in-attempt.ts';

/** The session between a temporary password and the required new one. */
export interface NewPasswordSession extends Sealed {
  readonly kind: 'new-password';
  readonly sub: string;
  readonly username: string;
  readonly clientId: string;
  /** When the user last changed: another change ends the session. */
  readonly modified: string;
}

/**
 * Returns the answer to somebody who has proved that they know the password: tokens, or the challenge to set a new one.
 * Throws if the user isn't admitted for another reason.
 */
export async function admit(
  user: UserRecord,
  { pool, client }: Pick<SignInAttempt, 'pool' | 'client'>,
  call: SignInCall,
): Promise<InitiateAuthResponse> {
  requireAdmissible(user, call);
  if (user.status !== 'FORCE_CHANGE_PASSWORD') {
    const eventId = call.ids.uuid();
    const admitted = signedIn(withoutFailures(user), eventId, call);
    if (admitted !== user) await call.store.commit([putUser(admitted, pool, call)]);
    return {
      ChallengeParameters: {},
      AuthenticationResult: await issueTokens({ user: admitted, client, eventId }, call),
    };
  }
  if (user.failures !== undefined) await call.store.commit([putUser(withoutFailures(user), pool, call)]);
  const { sub = '', ...attributes } = user.attributes;
  const session: NewPasswordSession = {
    kind: 'new-password',
    exp: sessionEnd({ client }, call),
    sub,
    username: user.username,
    clientId: client.id,
    modified: user.modified,
  };
  return {
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    Session: await seal(session, keysOf(pool.id, call)),
    ChallengeParameters: {
      USER_ID_FOR_SRP: user.username,
      requiredAttributes: JSON.stringify(missingAttributes(attributes, pool).map((name) => `userAttributes.${name}`)),
      userAttributes: JSON.stringify(attributes),
    },
  };
}

function requireAdmissible(user: UserRecord, { clock }: Pick<SignInCall, 'clock'>): void {
  if (!user.enabled) throw notAuthorized('User is disabled.');
  if (user.status === 'RESET_REQUIRED') {
    throw new AwsError('PasswordResetRequiredException', 'Password reset required for the user');
  }
  if (user.status === 'UNCONFIRMED') throw new AwsError('UserNotConfirmedException', 'User is not confirmed.');
  if (user.passwordExpires !== undefined && Date.parse(user.passwordExpires) <= clock.now().getTime()) {
    throw notAuthorized('Temporary password has expired and must be reset by an administrator.');
  }
}

function withoutFailures(user: UserRecord): UserRecord {
  if (user.failures === undefined) return user;
  const { failures: _, ...others } = user;
  return others;
}
