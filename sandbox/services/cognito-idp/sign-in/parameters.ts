import { invalidParameter } from '../errors.ts';
import { requireSecretHash } from '../secret-hash.ts';
import type { SignInAttempt } from './sign-in-attempt.ts';

/** One of the parameters; throws InvalidParameterException if it is missing. */
export function parameter({ parameters }: Pick<SignInAttempt, 'parameters'>, name: string): string {
  const value = parameters[name];
  if (value === undefined || value === '') throw invalidParameter(`Missing required parameter ${name}`);
  return value;
}

/** USERNAME; throws if it is missing, or if a client has a secret and the SECRET_HASH is wrong. */
export function usernameOf(attempt: SignInAttempt): string {
  const username = parameter(attempt, 'USERNAME');
  requireSecretHash(attempt.client, attempt.parameters.SECRET_HASH, username);
  return username;
}
