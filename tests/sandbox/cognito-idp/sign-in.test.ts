import {
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  AdminResetUserPasswordCommand,
  AdminSetUserPasswordCommand,
  AdminUserGlobalSignOutCommand,
  type CognitoIdentityProviderClient,
  InitiateAuthCommand,
  type InitiateAuthCommandOutput,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  createSecretHash,
  createSrpSession,
  signSrpSession,
  wrapAuthChallenge,
  wrapInitiateAuth,
} from 'cognito-srp-helper';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startTestAccount, type TestAccount } from '../../account.ts';
import { cognito, createPool, password, type TestPool } from './pool.ts';

let account: TestAccount;
let idp: CognitoIdentityProviderClient;
let room: TestPool;
let skipped = 0;
/** The time that does not pass while a slow client works. */
let frozen: number | undefined;

beforeAll(async () => {
  account = await startTestAccount({ clock: { now: () => new Date((frozen ?? Date.now()) + skipped) } });
  idp = cognito(account);
  room = await createPool(idp);
});

// Signed calls are made at the time of day.
afterEach(() => {
  skipped = 0;
  frozen = undefined;
});
afterAll(() => account.close());

async function createUser(Username: string, pool = room, Permanent = true) {
  const UserAttributes = [
    { Name: 'email', Value: `${Username}@example.com` },
    { Name: 'email_verified', Value: 'true' },
  ];
  const user = { UserPoolId: pool.poolId, Username };
  await idp.send(new AdminCreateUserCommand({ ...user, UserAttributes, MessageAction: 'SUPPRESS' }));
  await idp.send(new AdminSetUserPasswordCommand({ ...user, Password: password, Permanent }));
}

function signIn(USERNAME: string, PASSWORD = password, pool = room, more: Record<string, string> = {}) {
  const AuthParameters = { USERNAME, PASSWORD, ...more };
  return idp.send(new InitiateAuthCommand({ ClientId: pool.clientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }));
}

/** Signs in as the stock client does it; `between` happens while the client works out its answer. */
async function signInBySrp(username: string, secret = password, pool = room, between = async () => {}) {
  const hash: Record<string, string> =
    pool.secret === undefined ? {} : { SECRET_HASH: createSecretHash(username, pool.clientId, pool.secret) };
  const session = createSrpSession(username, secret, pool.poolId, false);
  const challenge = await idp.send(
    new InitiateAuthCommand(
      wrapInitiateAuth(session, {
        ClientId: pool.clientId,
        AuthFlow: 'USER_SRP_AUTH',
        AuthParameters: { CHALLENGE_NAME: 'SRP_A', USERNAME: username, ...hash },
      }),
    ),
  );
  await between();
  return idp.send(
    new RespondToAuthChallengeCommand(
      wrapAuthChallenge(signSrpSession(session, challenge), {
        ClientId: pool.clientId,
        ChallengeName: 'PASSWORD_VERIFIER',
        ChallengeResponses: { USERNAME: username, ...hash },
      }),
    ),
  );
}

const wrong = { name: 'NotAuthorizedException', message: 'Incorrect username or password.' };

test('a stock SRP client signs in, and only with the password', async () => {
  await createUser('ana');
  expect((await signInBySrp('ana')).AuthenticationResult).toMatchObject({ TokenType: 'Bearer' });
  await expect(signInBySrp('ana', 'Unicorns-2025')).rejects.toMatchObject(wrong);
  await expect(signInBySrp('nobody')).rejects.toMatchObject(wrong);
  const late = signInBySrp('ana', password, room, async () => {
    skipped = 180_000;
  });
  await expect(late).rejects.toMatchObject({
    name: 'NotAuthorizedException',
    message: 'Invalid session for the user, session is expired.',
  });
  skipped = 0;
  const changedMeanwhile = signInBySrp('ana', password, room, async () => {
    const Password = 'Another-one-1';
    const user = { UserPoolId: room.poolId, Username: 'ana' };
    await idp.send(new AdminSetUserPasswordCommand({ ...user, Password, Permanent: true }));
  });
  await expect(changedMeanwhile).rejects.toMatchObject(wrong);
});

test('SRP holds for many passwords and names', async () => {
  const pool = await createPool(idp, { client: { GenerateSecret: true } });
  for (const name of ['bo', 'Ünïcorn', 'c.d+e']) {
    await createUser(name, pool);
    expect((await signInBySrp(name, password, pool)).AuthenticationResult).toBeDefined();
  }
  const SECRET_HASH = createSecretHash('bo', pool.clientId, pool.secret ?? '');
  expect((await signIn('bo', password, pool, { SECRET_HASH })).AuthenticationResult).toBeDefined();
  await expect(signIn('bo', password, pool)).rejects.toMatchObject({
    message: `Client ${pool.clientId} is configured with secret but SECRET_HASH was not received`,
  });
  await expect(signIn('bo', password, pool, { SECRET_HASH: 'AAAA' })).rejects.toMatchObject({
    message: `Unable to verify secret hash for client ${pool.clientId}`,
  });
});

test('a client has the flows that it allows', async () => {
  const srpOnly = await createPool(idp, { client: { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] } });
  await createUser('ana', srpOnly);
  await expect(signIn('ana', password, srpOnly)).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: 'USER_PASSWORD_AUTH flow not enabled for this client',
  });
  expect((await signInBySrp('ana', password, srpOnly)).AuthenticationResult).toBeDefined();
  await expect(
    idp.send(
      new InitiateAuthCommand({
        ClientId: srpOnly.clientId,
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: { REFRESH_TOKEN: 'x' },
      }),
    ),
  ).rejects.toMatchObject({ message: 'Auth flow not enabled for this client' });
  for (const AuthFlow of ['CUSTOM_AUTH', 'USER_AUTH'] as const) {
    await expect(
      idp.send(new InitiateAuthCommand({ ClientId: room.clientId, AuthFlow, AuthParameters: { USERNAME: 'ana' } })),
    ).rejects.toMatchObject({ name: 'NotImplemented', message: expect.stringContaining(AuthFlow) });
  }
  await expect(
    idp.send(new InitiateAuthCommand({ ClientId: room.clientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: {} })),
  ).rejects.toMatchObject({ message: 'Missing required parameter USERNAME' });
});

test('wrong passwords lock, longer each time, and a right one opens when the time is over', async () => {
  await createUser('cleo');
  frozen = Date.now();
  for (let tries = 0; tries < 5; tries += 1) await expect(signIn('cleo', 'wrong')).rejects.toMatchObject(wrong);
  const locked = { name: 'NotAuthorizedException', message: 'Password attempts exceeded' };
  await expect(signIn('cleo')).rejects.toMatchObject(locked);
  await expect(signInBySrp('cleo')).rejects.toMatchObject(locked);
  skipped += 1100;
  await expect(signIn('cleo', 'wrong')).rejects.toMatchObject(wrong);
  skipped += 1100;
  await expect(signIn('cleo')).rejects.toMatchObject(locked);
  skipped += 1000;
  expect((await signIn('cleo')).AuthenticationResult).toBeDefined();
  await expect(signIn('cleo', 'wrong')).rejects.toMatchObject(wrong);
  expect((await signIn('cleo')).AuthenticationResult).toBeDefined();
});

test('many wrong passwords at once are counted one by one', async () => {
  await createUser('crowd');
  frozen = Date.now();
  const tries = await Promise.allSettled(Array.from({ length: 8 }, () => signIn('crowd', 'wrong')));
  const messages = tries.map((one) => (one.status === 'rejected' ? String(one.reason.message) : 'signed in'));
  expect(messages.filter((message) => message === wrong.message)).toHaveLength(5);
  expect(messages.filter((message) => message === 'Password attempts exceeded')).toHaveLength(3);
});

test('a temporary password is changed at the first sign-in, within its days', async () => {
  await createUser('dan', room, false);
  const respond = (challenge: InitiateAuthCommandOutput, NEW_PASSWORD: string) =>
    idp.send(
      new RespondToAuthChallengeCommand({
        ClientId: room.clientId,
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        Session: challenge.Session,
        ChallengeResponses: { USERNAME: 'dan', NEW_PASSWORD, 'userAttributes.name': 'Dan' },
      }),
    );
  const challenge = await signIn('dan');
  expect(challenge).toMatchObject({
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    ChallengeParameters: {
      USER_ID_FOR_SRP: 'dan',
      requiredAttributes: '[]',
      userAttributes: JSON.stringify({ email: 'dan@example.com', email_verified: 'true' }),
    },
  });
  expect(challenge.AuthenticationResult).toBeUndefined();
  await expect(respond(challenge, 'weak')).rejects.toMatchObject({ name: 'InvalidPasswordException' });
  expect((await respond(challenge, 'Permanent-1')).AuthenticationResult?.IdToken).toBeDefined();
  await expect(respond(challenge, 'Permanent-2')).rejects.toMatchObject({ message: 'Invalid session for the user.' });
  const user = await idp.send(new AdminGetUserCommand({ UserPoolId: room.poolId, Username: 'dan' }));
  expect(user.UserStatus).toBe('CONFIRMED');
  expect(user.UserAttributes).toContainEqual({ Name: 'name', Value: 'Dan' });
  await createUser('late', room, false);
  skipped = 7 * 86_400_000;
  await expect(signIn('late')).rejects.toMatchObject({
    message: 'Temporary password has expired and must be reset by an administrator.',
  });
});

test('who is disabled, or whose password was reset, does not come in', async () => {
  await createUser('eve');
  const user = { UserPoolId: room.poolId, Username: 'eve' };
  await idp.send(new AdminDisableUserCommand(user));
  await expect(signIn('eve')).rejects.toMatchObject({ message: 'User is disabled.' });
  await idp.send(new AdminEnableUserCommand(user));
  expect((await signIn('eve')).AuthenticationResult).toBeDefined();
  await idp.send(new AdminResetUserPasswordCommand(user));
  await expect(signIn('eve')).rejects.toMatchObject({
    name: 'PasswordResetRequiredException',
    message: 'Password reset required for the user',
  });
});

test('an administrator signs a user in, with credentials only', async () => {
  await createUser('finn');
  const input = {
    UserPoolId: room.poolId,
    ClientId: room.clientId,
    AuthFlow: 'ADMIN_USER_PASSWORD_AUTH' as const,
    AuthParameters: { USERNAME: 'finn', PASSWORD: password },
  };
  expect((await idp.send(new AdminInitiateAuthCommand(input))).AuthenticationResult).toBeDefined();
  const response = await fetch(account.url, {
    method: 'POST',
    headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.AdminInitiateAuth' },
    body: JSON.stringify(input),
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
  await expect(
    idp.send(new InitiateAuthCommand({ ...input, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH' })),
  ).rejects.toMatchObject({ message: 'Initiate Auth method not supported.' });
});

test('everywhere signed out', async () => {
  await createUser('hal');
  const { AuthenticationResult } = await signIn('hal');
  await idp.send(new AdminUserGlobalSignOutCommand({ UserPoolId: room.poolId, Username: 'hal' }));
  await expect(
    idp.send(
      new InitiateAuthCommand({
        ClientId: room.clientId,
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: { REFRESH_TOKEN: AuthenticationResult?.RefreshToken ?? '' },
      }),
    ),
  ).rejects.toMatchObject({ name: 'NotAuthorizedException', message: 'Refresh Token has been revoked' });
});
