import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { CreateUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { testAccount } from '../../account.ts';
import { functionsOf, makeRole } from '../lambda/functions.ts';
import { cognito, createPool, createUser, signInTo, type TestPool } from './pool.ts';

const page = 'http://127.0.0.1:8080';

const account = await testAccount();
account.allowPage(page);
const idp = cognito(account);
const poolId = (await idp.send(new CreateUserPoolCommand({ PoolName: 'room' }))).UserPool?.Id ?? '';

interface Asked {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** Over plain HTTP, because `fetch` sets the Host and Origin headers itself. */
async function ask(path: string, { method = 'GET', headers = {}, body = '' }: Asked = {}) {
  const asked = request({ host: '127.0.0.1', port: account.port, path, method, headers }).end(body);
  const [response] = await once(asked, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  return { status: response.statusCode, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
}

test.each(['127.0.0.1', 'cognito-idp.us-east-1.amazonaws.com'])('the key set at %s', async (host) => {
  const { status, headers, body } = await ask(`/${poolId}/.well-known/jwks.json`, { headers: { host } });
  expect(status).toBe(200);
  expect(headers['cache-control']).toBe('public, max-age=86400');
  expect(body.keys).toHaveLength(2);
  for (const key of body.keys) {
    expect(Object.keys(key).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
    expect(key).toMatchObject({ alg: 'RS256', e: 'AQAB', kty: 'RSA', use: 'sig' });
    expect(Buffer.from(key.n, 'base64url')).toHaveLength(256);
  }
});

test('the discovery document', async () => {
  const { body } = await ask(`/${poolId}/.well-known/openid-configuration`);
  expect(body).toMatchObject({
    issuer: `https://cognito-idp.us-east-1.amazonaws.com/${poolId}`,
    jwks_uri: `https://cognito-idp.us-east-1.amazonaws.com/${poolId}/.well-known/jwks.json`,
    id_token_signing_alg_values_supported: ['RS256'],
    subject_types_supported: ['public'],
  });
});

test('an unknown pool, or a pool in another region', async () => {
  const gone = await ask('/us-east-1_gone/.well-known/jwks.json');
  expect(gone).toMatchObject({ status: 404, body: { message: 'User pool us-east-1_gone does not exist.' } });
  const host = 'cognito-idp.eu-west-1.amazonaws.com';
  expect((await ask(`/${poolId}/.well-known/jwks.json`, { headers: { host } })).status).toBe(404);
});

const preflight = (origin: string) => ({
  method: 'OPTIONS',
  headers: {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type,x-amz-target',
  },
});

test('a page from an allowed origin may call Cognito', async () => {
  const { status, headers } = await ask('/', preflight(page));
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'POST',
    'access-control-allow-headers': 'content-type,x-amz-target',
    'access-control-max-age': '172800',
  });
  const target = 'AWSCognitoIdentityProviderService.ListUserPools';
  const answer = await ask('/', {
    method: 'POST',
    headers: { origin: page, 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target },
    body: '{"MaxResults":1}',
  });
  // Denied for lack of a signature, and the page may read that.
  expect(answer.headers['access-control-allow-origin']).toBe('*');
  expect(answer).toMatchObject({ status: 400, body: { __type: 'MissingAuthenticationTokenException' } });
});

test('other pages may not, nor may ours call other services', async () => {
  const { status, headers } = await ask('/', preflight('https://attacker.example'));
  expect(status).toBe(403);
  expect(headers['access-control-allow-origin']).toBeUndefined();
  const answer = await ask('/', {
    method: 'POST',
    headers: { origin: page, 'x-amz-target': 'AmazonSSM.DescribeParameters' },
    body: '{}',
  });
  expect(answer.headers['access-control-allow-origin']).toBeUndefined();
});

/** A token that claims to be from the pool, signed with a key the pool does not have. */
function strange({ poolId: id, clientId: aud }: TestPool): string {
  const iss = `https://cognito-idp.us-east-1.amazonaws.com/${id}`;
  return [{ alg: 'RS256', kid: 'strange' }, { iss, aud, token_use: 'id' }, {}]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
}

/** Verifies ID tokens with both libraries, and returns the user's name or the reason for rejecting it. */
const program = ({ poolId: id, clientId }: TestPool) => `
  import { CognitoJwtVerifier } from 'aws-jwt-verify';
  import { createRemoteJWKSet, jwtVerify } from 'jose';
  const issuer = 'https://cognito-idp.us-east-1.amazonaws.com/${id}';
  const keys = createRemoteJWKSet(new URL(issuer + '/.well-known/jwks.json'));
  const verifier = CognitoJwtVerifier.create({ userPoolId: '${id}', tokenUse: 'id', clientId: '${clientId}' });
  const name = (claims) => claims['cognito:username'];
  export async function handler({ tokens }) {
    return Promise.all(tokens.map(async (token) => ({
      verifier: await verifier.verify(token).then(name, (error) => error.message),
      jose: await jwtVerify(token, keys, { issuer, audience: '${clientId}' }).then(({ payload }) => name(payload), (error) => error.code),
    })));
  }
`;

/** A pool, a signed-in user's ID token, the same token with another signature, and one signed with an unknown key. */
async function signedIn() {
  const room = await createPool(idp);
  await createUser(idp, room, 'una');
  const { AuthenticationResult } = await signInTo(idp, room, 'una');
  const [header, claims, signature = ''] = (AuthenticationResult?.IdToken ?? '').split('.');
  const flipped = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
  return { room, tokens: [[header, claims, signature].join('.'), [header, claims, flipped].join('.'), strange(room)] };
}

const judged = [
  { verifier: 'una', jose: 'una' },
  { verifier: 'Invalid signature', jose: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' },
  { verifier: 'JWK for kid "strange" not found in the JWKS', jose: 'ERR_JWKS_NO_MATCHING_KEY' },
];

async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: 'js' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  return outputFiles[0]?.text ?? '';
}

test('aws-jwt-verify and jose verify a token inside a function', async () => {
  const { room, tokens } = await signedIn();
  const functions = functionsOf(account, await makeRole(account));
  await functions.create('verify', { 'index.mjs': await bundle(program(room)) });
  const answer = await functions.invoke('verify', { tokens });
  expect(answer.result).toEqual(judged);
});

test("aws-jwt-verify and jose verify a token outside, if one variable redirects Cognito's addresses here", async () => {
  const { room, tokens } = await signedIn();
  const preload = pathToFileURL(join(import.meta.dirname, '../../../sandbox/services/cognito-idp/key-sets.mjs'));
  const text = await bundle(
    `${program(room)}\nconsole.log(JSON.stringify(await handler(${JSON.stringify({ tokens })})));`,
  );
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', text], {
    timeout: 20_000,
    env: { PATH: process.env.PATH, AWS_ENDPOINT_URL: account.url, NODE_OPTIONS: `--import=${preload}` },
  });
  expect(JSON.parse(stdout)).toEqual(judged);
});
