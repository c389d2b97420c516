import { AwsError } from '../../calls/errors.ts';
import type { UserPoolClientRecord } from './records.ts';

/** Cognito's error for rejected users: its most common one, distinguished only by the message. */
export function notAuthorized(message: string): AwsError {
  return new AwsError('NotAuthorizedException', message);
}

/** A wrong password, or a nonexistent user: the same message, so that nobody learns who exists. */
export function wrongPassword(): AwsError {
  return notAuthorized('Incorrect username or password.');
}

/** A nonexistent user, for callers who may know that. */
export function userNotFound(message = 'User does not exist.'): AwsError {
  return new AwsError('UserNotFoundException', message);
}

/**
 * Whether a client hides who doesn't exist: `PreventUserExistenceErrors`
 * (https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html).
 */
export function hidesAbsence({ settings }: Pick<UserPoolClientRecord, 'settings'>): boolean {
  return settings.PreventUserExistenceErrors === 'ENABLED';
}
