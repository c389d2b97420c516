import {
  AdminSetUserPasswordCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  createSecretHash,
  createSrpSession,
  signSrpSession,
  wrapAuthChallenge,
  wrapInitiateAuth,
} from 'cognito-srp-helper';
import { afterEach, expect, test } from 'vitest';
import { testAccount } from '../../account.ts';
import { cognito, createPool, createUser, password, signInTo } from './pool.ts';

let skipped = 0;
/** The time that does not pass while a slow client works. */
let frozen: number | undefined;

const account = await testAccount({ clock: { now: () => new Date((frozen ?? Date.now()) + skipped) } });
const idp = cognito(account);
const room = await createPool(idp);

// Signed calls use the real time.
afterEach(() => {
  skipped = 0;
  frozen = undefined;
});

function signIn(name: string, secret = password, pool = room, more: Record<string, string> = {}) {
  return signInTo(idp, pool, name, secret, more);
}

/** Signs in like the stock client; `between` runs while the client computes its answer. */
async function signInBySrp(
  username: string,
  secret = password,
  pool = room,
  between = async () => {},
  answersAs = username,
) {
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
        ChallengeResponses: { USERNAME: answersAs, ...hash },
      }),
    ),
  );
}

const wrong = { name: 'NotAuthorizedException', message: 'Incorrect username or password.' };

test('a stock SRP client signs in, and only with the password', async () => {
  await createUser(idp, room, 'ana');
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

test('a challenge can be answered only by its user, under any of their names', async () => {
  const byMail = await createPool(idp, { pool: { AliasAttributes: ['email'] } });
  for (const name of ['una', 'vic']) await createUser(idp, byMail, name);
  const answeringAs = (name: string) => signInBySrp('una', password, byMail, async () => {}, name);
  for (const other of ['vic', 'vic@example.com', 'nobody'])
    await expect(answeringAs(other)).rejects.toMatchObject(wrong);
  for (const own of ['una', 'una@example.com']) {
    expect((await answeringAs(own)).AuthenticationResult).toBeDefined();
  }
});

test('SRP works for many passwords and names', async () => {
  const pool = await createPool(idp, { client: { GenerateSecret: true } });
  for (const name of ['bo', 'Ünïcorn', 'c.d+e']) {
    await createUser(idp, pool, name);
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
  await createUser(idp, srpOnly, 'ana');
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

test('wrong passwords lock the user, longer each time, and a right one works when the time is over', async () => {
  await createUser(idp, room, 'cleo');
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
  await createUser(idp, room, 'crowd');
  frozen = Date.now();
  const tries = await Promise.allSettled(Array.from({ length: 8 }, () => signIn('crowd', 'wrong')));
  const messages = tries.map((one) => (one.status === 'rejected' ? String(one.reason.message) : 'signed in'));
  expect(messages.filter((message) => message === wrong.message)).toHaveLength(5);
  expect(messages.filter((message) => message === 'Password attempts exceeded')).toHaveLength(3);
});
