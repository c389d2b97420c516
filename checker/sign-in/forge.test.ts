import {
  createRemoteJWKSet,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  importX509,
  type JWK,
  jwtVerify,
  SignJWT,
} from 'jose';
import { beforeAll, expect, test } from 'vitest';
import { type Forgery, forge, forgeries, reworded } from './forge.ts';
import { claimsOf, headerOf } from './tokens.ts';

let publicKey: JWK;
let idToken: string;
let forged: Readonly<Record<Forgery, string>>;
let verify: (token: string) => Promise<unknown>;

beforeAll(async () => {
  const keys = await generateKeyPair('RS256', { extractable: true });
  publicKey = { ...(await exportJWK(keys.publicKey)), kid: 'key1' };
  idToken = await new SignJWT({ 'cognito:username': 'ada', token_use: 'id' })
    .setProtectedHeader({ alg: 'RS256', kid: 'key1' })
    .setIssuer('https://cognito-idp.us-east-1.amazonaws.com/us-east-1_a')
    .setAudience('client')
    .setExpirationTime('5m')
    .sign(keys.privateKey);
  forged = await forge({
    idToken,
    publicKey: { ...publicKey },
    username: 'mallory',
    poolId: 'pool',
    clientId: 'client',
  });
  verify = (token) => jwtVerify(token, keys.publicKey, { algorithms: ['RS256'] });
});

test('the genuine token is good', async () => {
  await expect(verify(idToken)).resolves.toBeDefined();
});

test.each(forgeries)('%s is not good', async (kind) => {
  await expect(verify(forged[kind])).rejects.toThrow();
});

const different: Partial<Record<Forgery, object>> = {
  'a token with another name in it': { 'cognito:username': 'mallory', sub: expect.any(String) },
  'a token that brings its own issuer': { iss: expect.stringMatching(/^data:.*#https:.*us-east-1_a$/) },
};
test.each(forgeries.slice(2))('%s has the claims of a genuine token', (kind) => {
  const { kid } = headerOf(forged[kind]);
  if (kind.startsWith('a token whose key id')) expect(kid).toMatch(/^data:/);
  else expect(kid).toBe('key1');
  const { jti: _, ...claims } = claimsOf(forged[kind]);
  expect(claims).toEqual({ ...claimsOf(idToken), ...different[kind] });
});

test('a reworded token keeps its id and its signature, and is not good', async () => {
  const token = reworded(idToken, 'mallory');
  const { exp, ...claims } = claimsOf(idToken);
  expect(claimsOf(token)).toEqual({ ...claims, 'cognito:username': 'mallory', exp: exp + 3_600 });
  expect(token.split('.')[2]).toBe(idToken.split('.')[2]);
  await expect(verify(token)).rejects.toThrow();
});

test("fetching keys from the address in the token admits an attacker's tokens", async () => {
  const byHeader = forged['a token that says where its key is'];
  const { jku } = decodeProtectedHeader(byHeader);
  const byIssuer = forged['a token that brings its own issuer'];
  const { iss } = claimsOf(byIssuer);
  const keysAt = (address: string) => createRemoteJWKSet(new URL(address));
  await expect(jwtVerify(byHeader, keysAt(String(jku)))).resolves.toBeDefined();
  await expect(jwtVerify(byIssuer, keysAt(`${iss}/.well-known/jwks.json`))).resolves.toBeDefined();
});

test('trusting a key embedded in the token admits it, as a key and as a certificate', async () => {
  const token = forged['a token that brings its own key'];
  const { jwk, x5c = [] } = decodeProtectedHeader(token);
  const certificate = await importX509(`-----BEGIN CERTIFICATE-----\n${x5c[0]}\n-----END CERTIFICATE-----`, 'RS256');
  await expect(jwtVerify(token, jwk ?? {}, { algorithms: ['RS256'] })).resolves.toBeDefined();
  await expect(jwtVerify(token, certificate)).resolves.toBeDefined();
});

test('using the public key as a secret admits HS256', async () => {
  const modulus = publicKey.n ?? '';
  const secrets: Array<[Forgery, Uint8Array]> = [
    ["an HS256 token made with the key's modulus", Buffer.from(modulus)],
    ['an HS256 token made with the modulus as bytes', Buffer.from(modulus, 'base64url')],
  ];
  for (const [kind, secret] of secrets) await expect(jwtVerify(forged[kind], secret)).resolves.toBeDefined();
});
