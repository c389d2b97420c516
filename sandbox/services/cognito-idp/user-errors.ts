import { AwsError } from '../../calls/errors.ts';
import type { UserPoolClientRecord } from './records.ts';

/** What Cognito answers to whoever may not: the most common of its errors, told apart by its sentence. */
export function notAuthorized(message: string): AwsError {
  return new AwsError('NotAuthorizedException', message);
}

/** A wrong password, and a user that is not there: the same sentence, so that nobody learns who is. */
export function wrongPassword(): AwsError {
  return notAuthorized('Incorrect username or password.');
}

/** A user that is not there, told to someone who may know. */
export function userNotFound(message = 'User does not exist.'): AwsError {
  return new AwsError('UserNotFoundException', message);
}

/**
 * Whether a client says who is not there, or hides it: `PreventUserExistenceErrors`
 * (https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html).
 */
export function hidesAbsence({ settings }: Pick<UserPoolClientRecord, 'settings'>): boolean {
  return settings.PreventUserExistenceErrors === 'ENABLED';
}
