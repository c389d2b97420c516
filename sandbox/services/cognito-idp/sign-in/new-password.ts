import type { InitiateAuthResponse } from '@aws-sdk/client-cognito-identity-provider';
import type { UserRecord } from '../records.ts';
import { unseal } from '../seal.ts';
import { keysOf } from '../tokens/issue.ts';
import { notAuthorized } from '../user-errors.ts';
import { readAttributes, requireComplete, requireMutable, withAttributes } from '../users/attributes.ts';
import { permanentPassword } from '../users/password.ts';
import { requireConforming } from '../users/password-policy.ts';
import { changed, findBySub, findUser, putUser } from '../users/user.ts';
import { admit, type NewPasswordSession } from './admit.ts';
import { parameter, usernameOf } from './parameters.ts';
import { requireOpen } from './session.ts';
import type { SignInAttempt, SignInCall } from './sign-in-attempt.ts';

/** The answer to NEW_PASSWORD_REQUIRED: the password, and missing attributes as `userAttributes.<name>`. */
export async function setNewPassword(attempt: SignInAttempt, call: SignInCall): Promise<InitiateAuthResponse> {
  const { pool, client } = attempt;
  const named = findUser(usernameOf(attempt), pool, call);
  const given = parameter(attempt, 'NEW_PASSWORD');
  const session = await unseal<NewPasswordSession>(attempt.session ?? '', 'new-password', keysOf(pool.id, call));
  if (session === undefined || session.clientId !== client.id) throw notAuthorized('Invalid session for the user.');
  requireOpen(session, call);
  const user = findBySub(session, pool, call);
  const isTheirs = user !== undefined && named?.username === user.username && user.modified === session.modified;
  if (!isTheirs || user.status !== 'FORCE_CHANGE_PASSWORD') {
    throw notAuthorized('Invalid session for the user.');
  }
  const password = requireConforming(given, pool);
  const confirmed: UserRecord = changed(
    user,
    {
      ...permanentPassword(password, user, call),
      attributes: attributesAfter(user, attempt),
      status: 'CONFIRMED',
    },
    call,
  );
  await call.store.commit([putUser(confirmed, pool, call)]);
  return admit(confirmed, attempt, call);
}

function attributesAfter(user: UserRecord, { pool, client, parameters }: SignInAttempt): Record<string, string> {
  const prefix = 'userAttributes.';
  const given = Object.entries(parameters)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, Value]) => ({ Name: name.slice(prefix.length), Value }));
  requireMutable(
    given.filter(({ Name }) => user.attributes[Name] !== undefined).map(({ Name }) => Name),
    pool,
  );
  const attributes = withAttributes(user.attributes, readAttributes(given, pool, { client }));
  requireComplete(attributes, pool);
  return attributes;
}
