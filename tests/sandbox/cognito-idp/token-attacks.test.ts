import { createHmac, createPublicKey, generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import {
  AdminUserGlobalSignOutCommand,
  CreateUserPoolClientCommand,
  DescribeUserPoolCommand,
  GlobalSignOutCommand,
  RevokeTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeProtectedHeader, SignJWT } from 'jose';
import { afterEach, expect, test } from 'vitest';
import { testAccount } from '../../account.ts';
import { anyoneAt } from './anyone.ts';
import { cognito, createPool, type TestPool } from './pool.ts';

let now: number | undefined;

const account = await testAccount({ clock: { now: () => new Date(now ?? Date.now()) } });
const idp = cognito(account);
const room = await createPool(idp, { pool: { AutoVerifiedAttributes: [] } });
const anyone = anyoneAt(account, idp, room);
afterEach(() => {
  now = undefined;
});

test('a forged access token is rejected', async () => {
  await anyone.createUser('cleo');
  const { AccessToken, IdToken } = await anyone.tokensOf('cleo');
  const [, claims = ''] = AccessToken.split('.');
  const payload = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8'));
  const header = (members: object) => Buffer.from(JSON.stringify(members)).toString('base64url');
  const { kid } = decodeProtectedHeader(AccessToken);
  const address = `${account.url}/${room.poolId}/.well-known/jwks.json`;
  const { keys } = (await (await fetch(address)).json()) as { keys: Array<JsonWebKey & { kid: string }> };
  const key: JsonWebKey = keys.find((one) => one.kid === kid) ?? {};
  const hmac = (secret: string | Buffer) => {
    const signed = `${header({ alg: 'HS256', kid })}.${claims}`;
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
  };
  const pem = createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const own = { ...publicKey.export({ format: 'jwk' }), kid: 'own' };
  const sign = (members: object) =>
    new SignJWT(payload).setProtectedHeader({ alg: 'RS256', ...members }).sign(privateKey);
  const other = await createPool(idp, { pool: { AutoVerifiedAttributes: [] } });
  await anyone.createUser('cleo', other);
  const [strangeHeader, , strangeSignature] = (await anyone.tokensOf('cleo', other)).AccessToken.split('.');
  const forged: Readonly<Record<string, string>> = {
    'without a signature': `${header({ alg: 'none', kid })}.${claims}.`,
    'with the public key as a secret': hmac(pem),
    'with the public modulus as a secret': hmac(Buffer.from(key.n ?? '', 'base64url')),
    'with another key, by the name of the right one': await sign({ kid }),
    'with a key of its own': await sign({ jwk: own }),
    'with a key from elsewhere': await sign({ kid: 'own', jku: 'https://attacker.example/keys' }),
    'without the name of a key': await sign({}),
    'with a name that every object has': await sign({ kid: 'constructor' }),
    'with the key of ID tokens by name': await sign({ kid: decodeProtectedHeader(IdToken).kid }),
    'with the signature of another pool': `${strangeHeader}.${claims}.${strangeSignature}`,
  };
  for (const [how, token] of Object.entries(forged)) {
    const { __type } = await anyone.post('GetUser', { AccessToken: token });
    expect(__type, how).toBe('NotAuthorizedException');
  }
  expect(await anyone.post('GetUser', { AccessToken })).toMatchObject({ Username: 'cleo' });
});

test('nothing published or described contains a private key', async () => {
  const described = await idp.send(new DescribeUserPoolCommand({ UserPoolId: room.poolId }));
  const address = `${account.url}/${room.poolId}/.well-known/`;
  const [keys, discovery] = await Promise.all(
    ['jwks.json', 'openid-configuration'].map(async (name) => (await fetch(`${address}${name}`)).text()),
  );
  for (const text of [JSON.stringify(described), keys, discovery])
    expect(text).not.toMatch(/"(d|p|q|dp|dq|qi|secret)":/);
});

test('a refresh token is valid only for its own client and pool, and so is revoking it', async () => {
  await anyone.createUser('dora');
  const { RefreshToken } = await anyone.tokensOf('dora');
  const elsewhere = await createPool(idp, { pool: { AutoVerifiedAttributes: [] } });
  const revoke = ({ clientId: ClientId }: TestPool) => anyone.post('RevokeToken', { ClientId, Token: RefreshToken });
  expect(await anyone.refresh(RefreshToken, elsewhere)).toMatchObject({ message: 'Invalid Refresh Token' });
  expect((await revoke(elsewhere)).__type).toBe('InvalidParameterException');
  const { UserPoolClient } = await idp.send(
    new CreateUserPoolClientCommand({ UserPoolId: room.poolId, ClientName: 'sibling' }),
  );
  const sibling = { ...room, clientId: UserPoolClient?.ClientId ?? '' };
  expect(await anyone.refresh(RefreshToken, sibling)).toMatchObject({ message: 'Invalid Refresh Token' });
  expect((await revoke(sibling)).__type).toBe('UnauthorizedException');
  expect((await anyone.refresh(RefreshToken)).AuthenticationResult).toBeDefined();
});

test('refreshing while the token is revoked, or its user signed out, gives nothing that lasts', async () => {
  await anyone.createUser('eve');
  for (const end of [
    (token: { RefreshToken: string }) =>
      idp.send(new RevokeTokenCommand({ ClientId: room.clientId, Token: token.RefreshToken })),
    () => idp.send(new AdminUserGlobalSignOutCommand({ UserPoolId: room.poolId, Username: 'eve' })),
    (token: { AccessToken: string }) => idp.send(new GlobalSignOutCommand({ AccessToken: token.AccessToken })),
  ]) {
    const token = await anyone.tokensOf('eve');
    const racing = Array.from({ length: 8 }, () => anyone.refresh(token.RefreshToken));
    const [, ...answers] = await Promise.all([end(token), ...racing]);
    for (const { AuthenticationResult: renewed } of answers) {
      if (renewed === undefined) continue;
      expect(await anyone.post('GetUser', { AccessToken: renewed.AccessToken })).toMatchObject({
        message: 'Access Token has been revoked',
      });
    }
    expect(await anyone.refresh(token.RefreshToken)).toMatchObject({ message: 'Refresh Token has been revoked' });
  }
});

test('tokens expire to the second', async () => {
  const pool = await createPool(idp, {
    pool: { AutoVerifiedAttributes: [] },
    client: {
      AccessTokenValidity: 5,
      IdTokenValidity: 5,
      RefreshTokenValidity: 60,
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'minutes' },
    },
  });
  await anyone.createUser('finn', pool);
  const began = Math.ceil(Date.now() / 1000) * 1000;
  now = began;
  const { AccessToken, RefreshToken } = await anyone.tokensOf('finn', pool);
  now = began + 299_999;
  expect(await anyone.post('GetUser', { AccessToken })).toMatchObject({ Username: 'finn' });
  now = began + 300_000;
  expect(await anyone.post('GetUser', { AccessToken })).toMatchObject({ message: 'Access Token has expired' });
  now = began + 3_599_999;
  expect((await anyone.refresh(RefreshToken, pool)).AuthenticationResult).toBeDefined();
  now = began + 3_600_000;
  expect(await anyone.refresh(RefreshToken, pool)).toMatchObject({ message: 'Refresh Token has expired' });
});
