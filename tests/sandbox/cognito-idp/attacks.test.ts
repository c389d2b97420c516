import { AdminGetUserCommand, GetUserCommand, ListUsersCommand } from '@aws-sdk/client-cognito-identity-provider';
import { expect, test } from 'vitest';
import { testAccount } from '../../account.ts';
import { anyoneAt } from './anyone.ts';
import { cognito, createPool, password, type TestPool } from './pool.ts';

const account = await testAccount();
const idp = cognito(account);
const room = await createPool(idp, { pool: { AutoVerifiedAttributes: [] } });
const anyone = anyoneAt(account, idp, room);

const beginSrp = (USERNAME: string, pool: TestPool) =>
  anyone.post('InitiateAuth', {
    ClientId: pool.clientId,
    AuthFlow: 'USER_SRP_AUTH',
    AuthParameters: { USERNAME, SRP_A: 'abcdef' },
  });

test('a password that is long and invalid blocks nobody', async () => {
  const began = performance.now();
  const refused = await anyone.signUp('slow', room, { Password: `${'a'.repeat(100_000)} ` });
  expect(refused.__type).toBe('InvalidParameterException');
  expect(performance.now() - began).toBeLessThan(5_000);
});

test('missing and non-string values are rejected as AWS does', async () => {
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
    expect(await anyone.post(operation, { ClientId, ...input })).toEqual({
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
    expect((await anyone.post(operation, { ClientId, ...input })).__type).toBe('SerializationException');
  }
  expect(account.said.filter((line) => line.includes('failed at'))).toEqual([]);
});

test.each(['__proto__', 'constructor', 'toString', 'Ünïcorn-🦄', '雪', '../../x', 'a/b'])(
  'a username may be %s',
  async (name) => {
    await anyone.createUser(name);
    const { AccessToken } = await anyone.tokensOf(name);
    expect((await idp.send(new GetUserCommand({ AccessToken }))).Username).toBe(name);
    expect(await anyone.signUp(name)).toMatchObject({ __type: 'UsernameExistsException' });
  },
);

test.each(['__proto__', 'constructor', 'custom:__proto__'])('nobody has an attribute %s', async (Name) => {
  expect(await anyone.signUp('odd', room, { UserAttributes: [{ Name, Value: 'x' }] })).toMatchObject({
    __type: 'InvalidParameterException',
    message: expect.stringContaining(`${Name}: Attribute does not exist in the schema.`),
  });
});

test('if many sign up with one name at once, one of them gets it', async () => {
  const pool = await createPool(idp, {
    pool: { AutoVerifiedAttributes: [], UsernameConfiguration: { CaseSensitive: false } },
  });
  const answers = await Promise.all(
    ['ida', 'IDA', 'Ida', 'iDA', 'ida', 'idA'].map((name) => anyone.signUp(name, pool)),
  );
  expect(answers.filter(({ __type }) => __type === undefined)).toHaveLength(1);
  expect(answers.filter(({ __type }) => __type === 'UsernameExistsException')).toHaveLength(5);
  const { Users } = await idp.send(new ListUsersCommand({ UserPoolId: pool.poolId }));
  expect(Users).toHaveLength(1);
});

test('an unknown user looks the same as a wrong password', async () => {
  const caseless = { AutoVerifiedAttributes: [], UsernameConfiguration: { CaseSensitive: false } };
  const byName = await createPool(idp, { pool: caseless });
  const byMail = await createPool(idp, { pool: { ...caseless, UsernameAttributes: ['email'] } });
  await anyone.createUser('ann@example.com', byMail);
  await anyone.createUser('ann', byName);
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

test('a username keeps its case, even if the pool ignores case', async () => {
  const pool = await createPool(idp, {
    pool: { AutoVerifiedAttributes: [], UsernameConfiguration: { CaseSensitive: false } },
  });
  await anyone.createUser('Gus', pool);
  const { AccessToken } = await anyone.tokensOf('gUS', pool);
  expect((await idp.send(new GetUserCommand({ AccessToken }))).Username).toBe('Gus');
  const found = await idp.send(new AdminGetUserCommand({ UserPoolId: pool.poolId, Username: 'GUS' }));
  expect(found.Username).toBe('Gus');
  expect(await anyone.signIn('gus', room)).toMatchObject({ message: 'Incorrect username or password.' });
});
