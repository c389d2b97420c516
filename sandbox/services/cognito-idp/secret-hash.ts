import { createHmac } from 'node:crypto';
import { isSameSecret } from '../../http/same-secret.ts';
import type { UserPoolClientRecord } from './records.ts';
import { notAuthorized } from './user-errors.ts';

/**
 * Throws NotAuthorizedException where a client with a secret is named by someone who does not know the secret
 * (https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html#cognito-user-pools-computing-secret-hash).
 * `usernames`: what the hash may have been made with.
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

/** Throws where a client's secret itself is asked for, as by RevokeToken, and is not given or not right. */
export function requireSecret(
  { id, secret }: Pick<UserPoolClientRecord, 'id' | 'secret'>,
  given: string | undefined,
  refuse: (message: string) => Error,
): void {
  if (secret === undefined ? given === undefined : given !== undefined && isSameSecret(secret, given)) return;
  throw refuse(`Unable to verify secret for client ${id}`);
}
