import { randomBytes, randomUUID } from 'node:crypto';
import { addressOf } from '../../sign-in/company.ts';

/** The fields that clients put a token in. */
export const tokenFields =
  'token idToken id_token accessToken access_token jwt auth authorization Authorization bearer credentials session ticket'.split(
    ' ',
  );

/**
 * Returns a token in somebody's name that no pool issued: it looks like Cognito's, but its signature is random. Anyone
 * can write one.
 */
export function unsignedToken(name: string): string {
  const sub = randomUUID();
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    sub,
    'cognito:username': name,
    username: name,
    preferred_username: name,
    name,
    nickname: name,
    given_name: name,
    email: addressOf(name),
    email_verified: true,
    token_use: 'id',
    iat: now,
    exp: now + 300,
  };
  const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const head = { alg: 'RS256', kid: randomBytes(32).toString('base64') };
  return [encoded(head), encoded(claims), randomBytes(256).toString('base64url')].join('.');
}
