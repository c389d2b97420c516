import { createHmac, createPublicKey, generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import {
  AdminGetUserCommand,
  AdminSetUserPasswordCommand,
  AdminUserGlobalSignOutCommand,
  type CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  DescribeUserPoolCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  ListUsersCommand,
  RevokeTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeProtectedHeader, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startTestAccount, type TestAccount } from '../../account.ts';
import { cognito, createPool, password, type TestPool } from './pool.ts';

let account: TestAccount;
let idp: CognitoIdentityProviderClient;
let room: TestPool;
let now: number | undefined;

beforeAll(async () => {
  account = await startTestAccount({ clock: { now: () => new Date(now ?? Date.now()) } });
  idp = cognito(account);
  room = await createPool(idp, { pool: { AutoVerifiedAttributes: [] } });
});
afterEach(() => {
  now = undefined;
});
afterAll(() => account.close());

interface Answer {
  readonly __type?: string;
  readonly message?: string;
  readonly ChallengeParameters?: Readonly<Record<string, string>>;
  readonly AuthenticationResult?: {
    readonly AccessToken: string;
    readonly IdToken: string;
    readonly RefreshToken: string;
  };
}

/** A call as anyone can make it: no client of the SDK looks at it first, and nobody signs it. */
async function post(operation: string, input: object): Promise<Answer> {
  const response = await fetch(account.url, {
    method: 'POST',
    headers: { 'x-amz-target': `AWSCognitoIdentityProviderService.${operation}` },
    body: JSON.stringify(input),
  });
  return (await response.json()) as Answer;
}

function signUp(Username: string, { clientId: ClientId } = room, more: object = {}) {
  return post('SignUp', { ClientId, Username, Password: password, ...more });
}

/** A user who may sign in. */
async function createUser(Username: string, pool = room) {
  await signUp(Username, pool);
  await idp.send(
    new AdminSetUserPasswordCommand({ UserPoolId: pool.poolId, Username, Password: password, Permanent: true }),
  );
}

function signIn(USERNAME: string, { clientId: ClientId } = room) {
  const AuthParameters = { USERNAME, PASSWORD: password };
  return post('InitiateAuth', { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters });
}

async function tokensOf(username: string, pool = room) {
  const { AuthenticationResult } = await signIn(username, pool);
  if (AuthenticationResult === undefined) throw new Error(`${username} could not sign in.`);
  return AuthenticationResult;
}

function refresh(REFRESH_TOKEN: string, { clientId: ClientId } = room) {
  return post('InitiateAuth', { ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN } });
}

const beginSrp = (USERNAME: string, pool: TestPool) =>
  post('InitiateAuth', {
    ClientId: pool.clientId,
    AuthFlow: 'USER_SRP_AUTH',
    AuthParameters: { USERNAME, SRP_A: 'abcdef' },
  });

test('a password that is long and unfit keeps nobody waiting', async () => {
  const began = performance.now();
  const refused = await signUp('slow', room, { Password: `${'a'.repeat(100_000)} ` });
  expect(refused.__type).toBe('InvalidParameterException');
  expect(performance.now() - began).toBeLessThan(5_000);
});

test('what is missing, and what is no text, is refused as AWS does', async () => {
  const { clientId: ClientId } = room;
  const missing: ReadonlyArray<readonly [string, string, object]> = [
    ['SignUp', 'username', { Password: password }],
    ['SignUp', 'password', { Username: 'x' }],
    ['ConfirmSignUp', 'username', { ConfirmationCode: '123456' }],
    ['ConfirmSignUp', 'confirmationCode', { Username: 'x' }],
    ['ResendConfirmationCode', 'username', {}],
    ['ForgotPassword', 'username', {}],
    ['ConfirmForgotPassword', 'confirmationCode', { Username: 'x', Password: password }],
    ['RevokeToken', 'token', {}],
  ];
  for (const [operation, member, input] of missing) {
    expect(await post(operation, { ClientId, ...input })).toEqual({
      __type: 'InvalidParameterException',
      message: `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
    });
  }
  const AuthFlow = 'USER_SRP_AUTH';
  const odd: ReadonlyArray<readonly [string, object]> = [
    ['SignUp', { Username: 'x', Password: password, UserAttributes: [null] }],
    ['SignUp', { Username: 'x', Password: password, UserAttributes: 'email' }],
    ['SignUp', { Username: 'x', Password: password, UserAttributes: [{ Name: 'name', Value: 5 }] }],
    ['InitiateAuth', { AuthFlow, AuthParameters: { USERNAME: 'ana', SRP_A: 7 } }],
    ['InitiateAuth', { AuthFlow, AuthParameters: 'USERNAME' }],
    ['RespondToAuthChallenge', { ChallengeName: 'PASSWORD_VERIFIER', ChallengeResponses: { USERNAME: {} } }],
  ];
  for (const [operation, input] of odd) {
    expect((await post(operation, { ClientId, ...input })).__type).toBe('SerializationException');
  }
  expect(account.said.filter((line) => line.includes('failed at'))).toEqual([]);
});

test.each(['__proto__', 'constructor', 'toString', 'Ünïcorn-🦄', '雪', '../../x', 'a/b'])(
  'a user may be called %s',
  async (name) => {
    await createUser(name);
    const { AccessToken } = await tokensOf(name);
    expect((await idp.send(new GetUserCommand({ AccessToken }))).Username).toBe(name);
    expect(await signUp(name)).toMatchObject({ __type: 'UsernameExistsException' });
  },
);

test.each(['__proto__', 'constructor', 'custom:__proto__'])('nobody has an attribute %s', async (Name) => {
  expect(await signUp('odd', room, { UserAttributes: [{ Name, Value: 'x' }] })).toMatchObject({
    __type: 'InvalidParameterException',
    message: expect.stringContaining(`${Name}: Attribute does not exist in the schema.`),
  });
});

test('of many who sign up with one name at once, one gets it', async () => {
  const pool = await createPool(idp, {
    pool: { AutoVerifiedAttributes: [], UsernameConfiguration: { CaseSensitive: false } },
  });
  const answers = await Promise.all(['ida', 'IDA', 'Ida', 'iDA', 'ida', 'idA'].map((name) => signUp(name, pool)));
  expect(answers.filter(({ __type }) => __type === undefined)).toHaveLength(1);
  expect(answers.filter(({ __type }) => __type === 'UsernameExistsException')).toHaveLength(5);
  const { Users } = await idp.send(new ListUsersCommand({ UserPoolId: pool.poolId }));
  expect(Users).toHaveLength(1);
});

test('a user who is not there is not told from one who is', async () => {
  const caseless = { AutoVerifiedAttributes: [], UsernameConfiguration: { CaseSensitive: false } };
  const byName = await createPool(idp, { pool: caseless });
  const byMail = await createPool(idp, { pool: { ...caseless, UsernameAttributes: ['email'] } });
  await createUser('ann@example.com', byMail);
  await createUser('ann', byName);
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  for (const [name, pool, form] of [
    ['ann', byName, /^ann$/],
    ['bob', byName, /^bob$/],
    ['ann@example.com', byMail, uuid],
    ['bob@example.com', byMail, uuid],
  ] as const) {
    const { ChallengeParameters: first } = await beginSrp(name, pool);
    const { ChallengeParameters: second } = await beginSrp(name, pool);
    const { ChallengeParameters: shouted } = await beginSrp(name.toUpperCase(), pool);
    expect(first?.USER_ID_FOR_SRP?.toLowerCase()).toMatch(form);
    expect(first?.SALT).toMatch(/^[0-9a-f]{32}$/);
    expect(first?.SRP_B).toMatch(/^[0-9a-f]{700,768}$/);
    expect([second?.SALT, second?.USER_ID_FOR_SRP]).toEqual([first?.SALT, first?.USER_ID_FOR_SRP]);
    expect(shouted?.SALT).toBe(first?.SALT);
    expect(second?.SRP_B).not.toBe(first?.SRP_B);
  }
});

test('a forged access token is none', async () => {
  await createUser('cleo');
  const { AccessToken, IdToken } = await tokensOf('cleo');
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
  await createUser('cleo', other);
  const [strangeHeader, , strangeSignature] = (await tokensOf('cleo', other)).AccessToken.split('.');
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
    const { __type } = await post('GetUser', { AccessToken: token });
    expect(__type, how).toBe('NotAuthorizedException');
  }
  expect(await post('GetUser', { AccessToken })).toMatchObject({ Username: 'cleo' });
});

test('nothing that is published or described has a private part of a key', async () => {
  const described = await idp.send(new DescribeUserPoolCommand({ UserPoolId: room.poolId }));
  const address = `${account.url}/${room.poolId}/.well-known/`;
  const [keys, discovery] = await Promise.all(
    ['jwks.json', 'openid-configuration'].map(async (name) => (await fetch(`${address}${name}`)).text()),
  );
  for (const text of [JSON.stringify(described), keys, discovery])
    expect(text).not.toMatch(/"(d|p|q|dp|dq|qi|secret)":/);
});

test('a refresh token is good for its own client in its own pool only, and so is revoking it', async () => {
  await createUser('dora');
  const { RefreshToken } = await tokensOf('dora');
  const elsewhere = await createPool(idp, { pool: { AutoVerifiedAttributes: [] } });
  const revoke = ({ clientId: ClientId }: TestPool) => post('RevokeToken', { ClientId, Token: RefreshToken });
  expect(await refresh(RefreshToken, elsewhere)).toMatchObject({ message: 'Invalid Refresh Token' });
  expect((await revoke(elsewhere)).__type).toBe('InvalidParameterException');
  const { UserPoolClient } = await idp.send(
    new CreateUserPoolClientCommand({ UserPoolId: room.poolId, ClientName: 'sibling' }),
  );
  const sibling = { ...room, clientId: UserPoolClient?.ClientId ?? '' };
  expect(await refresh(RefreshToken, sibling)).toMatchObject({ message: 'Invalid Refresh Token' });
  expect((await revoke(sibling)).__type).toBe('UnauthorizedException');
  expect((await refresh(RefreshToken)).AuthenticationResult).toBeDefined();
});

test('who refreshes while the token is revoked, or its user signed out, gets nothing that lasts', async () => {
  await createUser('eve');
  for (const end of [
    (token: { RefreshToken: string }) =>
      idp.send(new RevokeTokenCommand({ ClientId: room.clientId, Token: token.RefreshToken })),
    () => idp.send(new AdminUserGlobalSignOutCommand({ UserPoolId: room.poolId, Username: 'eve' })),
    (token: { AccessToken: string }) => idp.send(new GlobalSignOutCommand({ AccessToken: token.AccessToken })),
  ]) {
    const token = await tokensOf('eve');
    const racing = Array.from({ length: 8 }, () => refresh(token.RefreshToken));
    const [, ...answers] = await Promise.all([end(token), ...racing]);
    for (const { AuthenticationResult: renewed } of answers) {
      if (renewed === undefined) continue;
      expect(await post('GetUser', { AccessToken: renewed.AccessToken })).toMatchObject({
        message: 'Access Token has been revoked',
      });
    }
    expect(await refresh(token.RefreshToken)).toMatchObject({ message: 'Refresh Token has been revoked' });
  }
});

test('tokens end at their second, and not before', async () => {
  const pool = await createPool(idp, {
    pool: { AutoVerifiedAttributes: [] },
    client: {
      AccessTokenValidity: 5,
      IdTokenValidity: 5,
      RefreshTokenValidity: 60,
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'minutes' },
    },
  });
  await createUser('finn', pool);
  const began = Math.ceil(Date.now() / 1000) * 1000;
  now = began;
  const { AccessToken, RefreshToken } = await tokensOf('finn', pool);
  now = began + 299_999;
  expect(await post('GetUser', { AccessToken })).toMatchObject({ Username: 'finn' });
  now = began + 300_000;
  expect(await post('GetUser', { AccessToken })).toMatchObject({ message: 'Access Token has expired' });
  now = began + 3_599_999;
  expect((await refresh(RefreshToken, pool)).AuthenticationResult).toBeDefined();
  now = began + 3_600_000;
  expect(await refresh(RefreshToken, pool)).toMatchObject({ message: 'Refresh Token has expired' });
});

test('a user keeps their name, whatever the case, where the pool ignores it', async () => {
  const pool = await createPool(idp, {
    pool: { AutoVerifiedAttributes: [], UsernameConfiguration: { CaseSensitive: false } },
  });
  await createUser('Gus', pool);
  const { AccessToken } = await tokensOf('gUS', pool);
  expect((await idp.send(new GetUserCommand({ AccessToken }))).Username).toBe('Gus');
  const found = await idp.send(new AdminGetUserCommand({ UserPoolId: pool.poolId, Username: 'GUS' }));
  expect(found.Username).toBe('Gus');
  expect(await signIn('gus', room)).toMatchObject({ message: 'Incorrect username or password.' });
});
