import { createHmac } from 'node:crypto';
import { isSameSecret } from '../../http/same-secret.ts';
import type { UserPoolClientRecord } from './records.ts';
import { notAuthorized } from './user-errors.ts';

/**
 * Throws NotAuthorizedException if somebody names a client with a secret but doesn't know the secret
 * (https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html#cognito-user-pools-computing-secret-hash).
 * `usernames`: the names that the hash may have been computed with.
 */
export function requireSecretHash(
  { id, secret }: Pick<UserPoolClientRecord, 'id' | 'secret'>,
  given: string | undefined,
  ...usernames: readonly string[]
): void {
  if (secret === undefined) {
    if (given === undefined) return;
    throw notAuthorized(`Client ${id} is not configured for secret but secret hash was received`);
  }
  if (given === undefined)
    throw notAuthorized(`Client ${id} is configured with secret but SECRET_HASH was not received`);
  const hashes = usernames.map((username) =>
    createHmac('sha256', secret)
      .update(username + id)
      .digest('base64'),
  );
  if (!hashes.some((hash) => isSameSecret(hash, given)))
    throw notAuthorized(`Unable to verify secret hash for client ${id}`);
}

/** Throws if a client's secret itself is required, as by RevokeToken, and is missing or wrong. */
export function requireSecret(
  { id, secret }: Pick<UserPoolClientRecord, 'id' | 'secret'>,
  given: string | undefined,
  refuse: (message: string) => Error,
): void {
  if (secret === undefined ? given === undefined : given !== undefined && isSameSecret(secret, given)) return;
  throw refuse(`Unable to verify secret for client ${id}`);
}
