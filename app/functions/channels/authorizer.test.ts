import { generateKeyPairSync } from 'node:crypto';
import { CognitoJwtVerifier } from 'aws-jwt-verify';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import { SignJWT } from 'jose';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AuthorizerEvent } from '../authorizer.ts';

const poolId = 'us-east-1_AbCdEfGhI';
const clientId = '1example23456789';
const methodArn = 'arn:aws:execute-api:us-east-1:111122223333:abcdef1234/room/$connect';
const kid = 'the-pools-own';
const pool = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });

let handler: (event: AuthorizerEvent) => Promise<unknown>;

beforeEach(async () => {
  vi.stubEnv('USER_POOL_ID', poolId);
  vi.stubEnv('USER_POOL_CLIENT_ID', clientId);
  vi.spyOn(console, 'log').mockReturnValue();
  const jwks = { keys: [{ ...pool.publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }] };
  const fetch = async () => new TextEncoder().encode(JSON.stringify(jwks)).buffer;
  const jwksCache = new SimpleJwksCache({ fetcher: { fetch } });
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

async function ask(channel: string | undefined, groups?: readonly string[], key = pool.privateKey): Promise<unknown> {
  const token = await new SignJWT({
    sub: '5e1f',
    'cognito:username': 'ada',
    token_use: 'id',
    ...(groups === undefined ? {} : { 'cognito:groups': groups }),
  })
    .setProtectedHeader({ alg: 'RS256', kid })
    .setIssuer(`https://cognito-idp.us-east-1.amazonaws.com/${poolId}`)
    .setAudience(clientId)
    .setExpirationTime('5m')
    .sign(key);
  return handler({ methodArn, queryStringParameters: { token, channel } });
}

const statement = (Effect: string) => ({
  policyDocument: { Version: '2012-10-17', Statement: [{ Effect, Action: 'execute-api:Invoke', Resource: methodArn }] },
});

test.each([
  [['release', 'sales'], 'sales'],
  [['release'], 'general'],
  [undefined, 'general'],
])('lets members of %j into %s', async (groups, channel) => {
  const context = { username: 'ada', channel };
  expect(await ask(channel, groups)).toEqual({ ...statement('Allow'), principalId: '5e1f', context });
});

test('admits people who ask for no channel to general', async () => {
  expect(await ask(undefined, ['release'])).toMatchObject({ context: { channel: 'general' } });
});

test.each([
  ['sales', ['release']],
  ['sales', undefined],
  ['sale', ['sales']],
  ['sales-eu', ['sales']],
  ['Sales', ['sales']],
  ['', ['sales']],
])('refuses %j for members of %j', async (channel, groups) => {
  expect(await ask(channel, groups)).toEqual({ ...statement('Deny'), principalId: '5e1f' });
});

test('rejects a forged token, whatever groups it claims', async () => {
  expect(await ask('sales', ['sales'], stranger.privateKey)).toEqual({ ...statement('Deny'), principalId: 'stranger' });
});

test('logs neither the channel nor the person', async () => {
  await ask('sales', ['release']);
  expect(vi.mocked(console.log).mock.calls.flat()).toEqual(['Refused: not a member of the channel.']);
});
