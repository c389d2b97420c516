import {
  AdminAddUserToGroupCommand,
  AdminDeleteUserCommand,
  CreateGroupCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  RevokeTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { CognitoJwtVerifier } from 'aws-jwt-verify';
import { CognitoJwtInvalidClientIdError, CognitoJwtInvalidTokenUseError } from 'aws-jwt-verify/error';
import type { Jwks } from 'aws-jwt-verify/jwk';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterEach, expect, test } from 'vitest';
import { testAccount } from '../../account.ts';
import { cognito, createPool, createUser, signInTo } from './pool.ts';

let skipped = 0;

const account = await testAccount({ clock: { now: () => new Date(Date.now() + skipped) } });
const idp = cognito(account);
const room = await createPool(idp, {
  client: {
    IdTokenValidity: 5,
    AccessTokenValidity: 10,
    TokenValidityUnits: { IdToken: 'minutes', AccessToken: 'minutes' },
  },
});

// Signed calls use the real time.
afterEach(() => {
  skipped = 0;
});

async function signIn(name: string, pool = room) {
  const { AuthenticationResult } = await signInTo(idp, pool, name);
  const { IdToken = '', AccessToken = '', RefreshToken = '', ExpiresIn } = AuthenticationResult ?? {};
  return { IdToken, AccessToken, RefreshToken, ExpiresIn };
}

async function refresh(REFRESH_TOKEN: string, { clientId: ClientId } = room) {
  const { AuthenticationResult = {} } = await idp.send(
    new InitiateAuthCommand({ ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN } }),
  );
  return AuthenticationResult;
}

const getUser = (AccessToken: string) => idp.send(new GetUserCommand({ AccessToken }));

const notAuthorized = (message: string) => ({ name: 'NotAuthorizedException', message });

test("tokens have AWS's claims", async () => {
  await createUser(idp, room, 'ana');
  for (const [GroupName, Precedence] of [
    ['riders', 2],
    ['keepers', 1],
  ] as const) {
    await idp.send(new CreateGroupCommand({ UserPoolId: room.poolId, GroupName, Precedence }));
    await idp.send(new AdminAddUserToGroupCommand({ UserPoolId: room.poolId, Username: 'ana', GroupName }));
  }
  const tokens = await signIn('ana');
  expect(tokens.ExpiresIn).toBe(600);
  const [id, access] = [decodeJwt(tokens.IdToken), decodeJwt(tokens.AccessToken)];
  const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/);
  const shared = {
    sub: uuid,
    'cognito:groups': ['keepers', 'riders'],
    iss: `https://cognito-idp.us-east-1.amazonaws.com/${room.poolId}`,
    origin_jti: uuid,
    event_id: uuid,
    auth_time: id.iat,
    iat: expect.any(Number),
    jti: uuid,
  };
  expect(id).toEqual({
    ...shared,
    'cognito:username': 'ana',
    aud: room.clientId,
    token_use: 'id',
    exp: (id.iat ?? 0) + 300,
    email: 'ana@example.com',
    email_verified: true,
  });
  expect(access).toEqual({
    ...shared,
    client_id: room.clientId,
    username: 'ana',
    scope: 'aws.cognito.signin.user.admin',
    token_use: 'access',
    exp: (access.iat ?? 0) + 600,
  });
  expect([id.origin_jti, id.event_id, id.sub]).toEqual([access.origin_jti, access.event_id, access.sub]);
  expect(id.jti).not.toBe(access.jti);
  const [first, second] = [decodeProtectedHeader(tokens.IdToken), decodeProtectedHeader(tokens.AccessToken)];
  expect([first.alg, second.alg]).toEqual(['RS256', 'RS256']);
  expect(first.kid).not.toBe(second.kid);
  expect(tokens.RefreshToken.split('.').map((part) => part.length > 0)).toEqual([true, true, true, true, true]);
});

test('stock verifiers accept the tokens, and tell them apart', async () => {
  await createUser(idp, room, 'bo');
  const { IdToken, AccessToken } = await signIn('bo');
  const address = `${account.url}/${room.poolId}/.well-known/jwks.json`;
  const checks = { userPoolId: room.poolId, clientId: room.clientId };
  const jwks = (await (await fetch(address)).json()) as Jwks;
  const verifier = CognitoJwtVerifier.create({ ...checks, tokenUse: 'id' as const });
  verifier.cacheJwks(jwks);
  expect(await verifier.verify(IdToken)).toMatchObject({ 'cognito:username': 'bo', token_use: 'id' });
  await expect(verifier.verify(AccessToken)).rejects.toBeInstanceOf(CognitoJwtInvalidTokenUseError);
  const ofAccess = CognitoJwtVerifier.create({ ...checks, tokenUse: 'access' as const });
  ofAccess.cacheJwks(jwks);
  expect(await ofAccess.verify(AccessToken)).toMatchObject({ username: 'bo' });
  const ofOthers = CognitoJwtVerifier.create({ ...checks, clientId: 'another', tokenUse: 'id' as const });
  ofOthers.cacheJwks(jwks);
  await expect(ofOthers.verify(IdToken)).rejects.toBeInstanceOf(CognitoJwtInvalidClientIdError);
  const other = await createPool(idp);
  const keysOfAnother = await (await fetch(`${account.url}/${other.poolId}/.well-known/jwks.json`)).json();
  verifier.cacheJwks(keysOfAnother as Jwks);
  await expect(verifier.verify(IdToken)).rejects.toThrow();
  const issuer = `https://cognito-idp.us-east-1.amazonaws.com/${room.poolId}`;
  const { payload } = await jwtVerify(IdToken, createRemoteJWKSet(new URL(address)), {
    issuer,
    audience: room.clientId,
  });
  expect(payload.token_use).toBe('id');
});

test("an access token's signature, kind and time are verified", async () => {
  await createUser(idp, room, 'cleo');
  const { AccessToken, IdToken } = await signIn('cleo');
  expect(await getUser(AccessToken)).toMatchObject({ Username: 'cleo' });
  await expect(getUser(IdToken)).rejects.toMatchObject(notAuthorized('Invalid Access Token'));
  await expect(getUser('nonsense')).rejects.toMatchObject(notAuthorized('Invalid Access Token'));
  const [header, claims, signature = ''] = AccessToken.split('.');
  const flipped = signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`;
  await expect(getUser(`${header}.${claims}.${flipped}`)).rejects.toMatchObject(
    notAuthorized('Could not verify signature for Access Token'),
  );
  const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
  await expect(getUser(`${none}.${claims}.`)).rejects.toMatchObject(notAuthorized('Invalid Access Token'));
  skipped = 601_000;
  await expect(getUser(AccessToken)).rejects.toMatchObject(notAuthorized('Access Token has expired'));
});

test('a refresh token gives new tokens for the same sign-in, until it ends', async () => {
  await createUser(idp, room, 'dan');
  const tokens = await signIn('dan');
  skipped = 302_000;
  const renewed = await refresh(tokens.RefreshToken);
  expect(renewed.RefreshToken).toBeUndefined();
  const [before, after] = [decodeJwt(tokens.IdToken), decodeJwt(renewed.IdToken ?? '')];
  expect(after).toMatchObject({
    origin_jti: before.origin_jti,
    auth_time: before.auth_time,
    event_id: before.event_id,
  });
  expect(after.iat).toBeGreaterThan(before.exp ?? 0);
  expect(after.jti).not.toBe(before.jti);
  await expect(refresh('a.b.c.d.e')).rejects.toMatchObject(notAuthorized('Invalid Refresh Token'));
  skipped = 30 * 86_400_000;
  await expect(refresh(tokens.RefreshToken)).rejects.toMatchObject(notAuthorized('Refresh Token has expired'));
});

test('a refresh token belongs to its client', async () => {
  const other = await createPool(idp);
  await createUser(idp, other, 'dora');
  const { RefreshToken } = await signIn('dora', other);
  await expect(refresh(RefreshToken)).rejects.toMatchObject(notAuthorized('Invalid Refresh Token'));
  await idp.send(new AdminDeleteUserCommand({ UserPoolId: other.poolId, Username: 'dora' }));
  await createUser(idp, other, 'dora');
  await expect(refresh(RefreshToken, other)).rejects.toMatchObject(notAuthorized('Refresh Token has been revoked'));
});

test('revoking a token ends its sign-in, and no other', async () => {
  await createUser(idp, room, 'eve');
  const [mine, other] = [await signIn('eve'), await signIn('eve')];
  const renewed = await refresh(mine.RefreshToken);
  await expect(
    idp.send(new RevokeTokenCommand({ ClientId: room.clientId, Token: mine.AccessToken })),
  ).rejects.toMatchObject({ name: 'UnsupportedTokenTypeException' });
  await idp.send(new RevokeTokenCommand({ ClientId: room.clientId, Token: mine.RefreshToken }));
  await expect(refresh(mine.RefreshToken)).rejects.toMatchObject(notAuthorized('Refresh Token has been revoked'));
  for (const token of [mine.AccessToken, renewed.AccessToken ?? '']) {
    await expect(getUser(token)).rejects.toMatchObject(notAuthorized('Access Token has been revoked'));
  }
  expect(await getUser(other.AccessToken)).toMatchObject({ Username: 'eve' });
  await idp.send(new RevokeTokenCommand({ ClientId: room.clientId, Token: mine.RefreshToken }));
});

test('a global sign-out ends all earlier sign-ins, and no later ones', async () => {
  await createUser(idp, room, 'finn');
  const [one, two] = [await signIn('finn'), await signIn('finn')];
  await idp.send(new GlobalSignOutCommand({ AccessToken: one.AccessToken }));
  const anew = await signIn('finn');
  for (const { AccessToken, RefreshToken } of [one, two]) {
    await expect(getUser(AccessToken)).rejects.toMatchObject(notAuthorized('Access Token has been revoked'));
    await expect(refresh(RefreshToken)).rejects.toMatchObject(notAuthorized('Refresh Token has been revoked'));
  }
  expect(await getUser(anew.AccessToken)).toMatchObject({ Username: 'finn' });
  expect((await refresh(anew.RefreshToken)).AccessToken).toBeDefined();
});

test('GetTokensFromRefreshToken needs only the token', async () => {
  await createUser(idp, room, 'gus');
  const { RefreshToken } = await signIn('gus');
  const { AuthenticationResult } = await idp.send(
    new GetTokensFromRefreshTokenCommand({ ClientId: room.clientId, RefreshToken }),
  );
  expect(decodeJwt(AuthenticationResult?.IdToken ?? '')['cognito:username']).toBe('gus');
});
