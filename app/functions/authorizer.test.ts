import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { CognitoJwtVerifier } from 'aws-jwt-verify';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import { type JWTPayload, SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AuthorizerEvent } from './authorizer.ts';

const poolId = 'us-east-1_AbCdEfGhI';
const clientId = '1example23456789';
const methodArn = 'arn:aws:execute-api:us-east-1:111122223333:abcdef1234/room/$connect';
const issuer = `https://cognito-idp.us-east-1.amazonaws.com/${poolId}`;
const kid = 'the-pools-own';
const pool = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** What the pool returns when it's asked for its keys. */
let keys: () => Promise<ArrayBuffer>;
let handler: (event: AuthorizerEvent) => Promise<unknown>;

beforeEach(async () => {
  vi.stubEnv('USER_POOL_ID', poolId);
  vi.stubEnv('USER_POOL_CLIENT_ID', clientId);
  vi.spyOn(console, 'log').mockReturnValue();
  const jwks = { keys: [{ ...pool.publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }] };
  keys = async () => new TextEncoder().encode(JSON.stringify(jwks)).buffer;
  const jwksCache = new SimpleJwksCache({ fetcher: { fetch: () => keys() } });
  const create = CognitoJwtVerifier.create.bind(CognitoJwtVerifier) as (
    properties: object,
    more: object,
  ) => ReturnType<typeof CognitoJwtVerifier.create>;
  vi.spyOn(CognitoJwtVerifier, 'create').mockImplementation((properties) => create(properties, { jwksCache }));
  vi.resetModules();
  ({ handler } = await import('./authorizer.ts'));
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const ada = { sub: '5e1f', 'cognito:username': 'ada', iss: issuer, aud: clientId, token_use: 'id' };

function signed(claims: JWTPayload, { key = pool.privateKey, id = kid, expires = '5m' } = {}): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: id }).setExpirationTime(expires).sign(key);
}

/** A token that no library signed, so the header can say anything. */
function written(header: object, signature: (content: string) => string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const content = `${part(header)}.${part({ ...ada, exp: Math.floor(Date.now() / 1000) + 300 })}`;
  return `${content}.${signature(content)}`;
}

function hmac(content: string, key: KeyObject): string {
  return createHmac('sha256', key.export({ type: 'spki', format: 'pem' }))
    .update(content)
    .digest('base64url');
}

const ask = (token: string | undefined) =>
  handler({ methodArn, queryStringParameters: token === undefined ? null : { token } });

const statement = (Effect: string) => ({
  policyDocument: { Version: '2012-10-17', Statement: [{ Effect, Action: 'execute-api:Invoke', Resource: methodArn }] },
});

test('someone who is signed in gets in under their own name', async () => {
  const answer = await ask(await signed(ada));
  expect(answer).toEqual({ ...statement('Allow'), principalId: '5e1f', context: { username: 'ada' } });
});

describe('a connection without a valid token is rejected', () => {
  const { aud: _, ...access } = { ...ada, token_use: 'access', client_id: clientId };
  const cases: Array<[string, () => string | undefined | Promise<string>]> = [
    ['no token', () => undefined],
    ['an empty one', () => ''],
    ['any text', () => 'let me in'],
    ['of another pool', () => signed({ ...ada, iss: `${issuer}x` })],
    ['without an issuer', () => signed({ ...ada, iss: undefined } as JWTPayload)],
    ['of another client', () => signed({ ...ada, aud: 'another' })],
    ['an access token', () => signed(access)],
    ['expired', () => signed(ada, { expires: '-1s' })],
    ['of another key, with its name', () => signed(ada, { key: stranger.privateKey, id: 'another' })],
    ["of another key, with the pool's name", () => signed(ada, { key: stranger.privateKey })],
    ['alg none', () => written({ alg: 'none' }, () => '')],
    ['alg none, with something for a signature', () => written({ alg: 'none', kid }, () => 'AAAA')],
    ['HS256 with the public key', () => written({ alg: 'HS256', kid }, (content) => hmac(content, pool.publicKey))],
  ];

  test.each(cases)('%s', async (_name, make) => {
    expect(await ask(await make())).toEqual({ ...statement('Deny'), principalId: 'stranger' });
  });

  test('connections of the same user get in one after another', async () => {
    for (const id of ['one', 'two']) {
      expect(await ask(await signed(ada, { key: stranger.privateKey, id }))).toMatchObject(statement('Deny'));
    }
    expect(await ask(await signed(ada))).toMatchObject(statement('Allow'));
  });
});

test('a pool that gives no keys is an error, and nobody is rejected because of it', async () => {
  keys = () => Promise.reject(new Error('no keys'));
  await expect(ask(await signed(ada))).rejects.toThrow('no keys');
});

test('the log gives the reason, and contains nothing of the token', async () => {
  const token = await signed(ada, { expires: '-1s' });
  await ask(token);
  const lines = vi.mocked(console.log).mock.calls.flat();
  expect(lines).toEqual(['Refused: JwtExpiredError.']);
});
