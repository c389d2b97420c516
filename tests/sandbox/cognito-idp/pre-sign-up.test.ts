import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  DescribeUserPoolCommand,
  ListUserPoolsCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPool, createUser, mail, signInTo } from './pool.ts';
import { openTriggeredPool, type TriggeredPool } from './triggered-pool.ts';

let account: TriggeredPool['account'];
let idp: TriggeredPool['idp'];
let room: TriggeredPool['room'];
let functionArn: TriggeredPool['functionArn'];
let namesIn: TriggeredPool['namesIn'];
let signUp: TriggeredPool['signUp'];
let permit: TriggeredPool['permit'];

beforeAll(async () => {
  ({ account, idp, room, functionArn, namesIn, signUp, permit } = await openTriggeredPool());
});
afterAll(() => account.close());

/** The event that the trigger showed in its error. */
async function shownBy(call: Promise<unknown>): Promise<Record<string, unknown>> {
  const { message } = await call.then(
    () => ({ message: '' }),
    (error: Error) => error,
  );
  return JSON.parse(message.replace(/^PreSignUp failed with error /, '').replace(/\.$/, '')) as Record<string, unknown>;
}

test('DescribeUserPool shows the trigger, and an update without one removes it', async () => {
  const pool = await createPool(idp, { pool: { LambdaConfig: { PreSignUp: functionArn } } });
  const lambdaConfig = async () =>
    (await idp.send(new DescribeUserPoolCommand({ UserPoolId: pool.poolId }))).UserPool?.LambdaConfig;
  expect(await lambdaConfig()).toEqual({ PreSignUp: functionArn });
  const { UserPools = [] } = await idp.send(new ListUserPoolsCommand({ MaxResults: 60 }));
  expect(UserPools.find(({ Id }) => Id === pool.poolId)?.LambdaConfig).toEqual({ PreSignUp: functionArn });
  await idp.send(new UpdateUserPoolCommand({ UserPoolId: pool.poolId }));
  expect(await lambdaConfig()).toEqual({});
});

test("SignUp sends the trigger AWS's event", async () => {
  const event = await shownBy(signUp('ana', { show: 'yes' }, { ClientMetadata: { from: 'the page' } }));
  expect(event).toEqual({
    version: '1',
    region: 'us-east-1',
    userPoolId: room.poolId,
    userName: 'ana',
    callerContext: { awsSdkVersion: expect.any(String), clientId: room.clientId },
    triggerSource: 'PreSignUp_SignUp',
    request: {
      userAttributes: { email: 'ana@example.com' },
      validationData: { show: 'yes' },
      clientMetadata: { from: 'the page' },
    },
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  });
});

test('AdminCreateUser sends the same event, without a client', async () => {
  const event = await shownBy(
    idp.send(
      new AdminCreateUserCommand({
        UserPoolId: room.poolId,
        Username: 'ben',
        UserAttributes: [
          { Name: 'email', Value: 'ben@example.com' },
          { Name: 'email_verified', Value: 'true' },
        ],
        ValidationData: [{ Name: 'show', Value: 'yes' }],
      }),
    ),
  );
  expect(event).toMatchObject({
    userName: 'ben',
    callerContext: { clientId: 'CLIENT_ID_NOT_APPLICABLE' },
    triggerSource: 'PreSignUp_AdminCreateUser',
    request: { userAttributes: { email: 'ben@example.com', email_verified: 'true' } },
  });
  expect(await namesIn(room)).not.toContain('ben');
});

test('in a pool that signs in with addresses, the trigger gets the address and the future username', async () => {
  const pool = await createPool(idp, {
    pool: { LambdaConfig: { PreSignUp: functionArn }, UsernameAttributes: ['email'] },
  });
  await permit('obedient', pool);
  const Username = 'cy@example.com';
  const event = await shownBy(signUp(Username, { show: 'yes' }, { UserAttributes: [] }, pool));
  expect(event).toMatchObject({
    userName: expect.stringMatching(/^[0-9a-f-]{36}$/),
    request: { userAttributes: { email: Username } },
  });
  await signUp(Username, {}, { UserAttributes: [] }, pool);
  await expect(signUp(Username, {}, { UserAttributes: [] }, pool)).rejects.toMatchObject({
    name: 'UsernameExistsException',
  });
});

test('a user that the trigger rejects is not created, and the answer contains its message', async () => {
  await expect(signUp('dora', { refuse: 'Employees only' })).rejects.toMatchObject({
    name: 'UserLambdaValidationException',
    message: 'PreSignUp failed with error Employees only.',
  });
  expect(await namesIn(room)).not.toContain('dora');
  expect((await mail(account)).map(({ username }) => username)).not.toContain('dora');
});

test('a user that it returns unchanged has to be confirmed', async () => {
  expect(await signUp('eva')).toMatchObject({ UserConfirmed: false, CodeDeliveryDetails: { AttributeName: 'email' } });
  await expect(signInTo(idp, room, 'eva')).rejects.toMatchObject({ name: 'UserNotConfirmedException' });
});

test('a user that it confirms can sign in immediately', async () => {
  const told = { response: JSON.stringify({ autoConfirmUser: true, autoVerifyEmail: true }) };
  const signedUp = await signUp('finn', told);
  expect(signedUp).toMatchObject({ UserConfirmed: true });
  expect(signedUp.CodeDeliveryDetails).toBeUndefined();
  const user = await idp.send(new AdminGetUserCommand({ UserPoolId: room.poolId, Username: 'finn' }));
  expect(user.UserStatus).toBe('CONFIRMED');
  expect(user.UserAttributes).toContainEqual({ Name: 'email_verified', Value: 'true' });
  expect((await signInTo(idp, room, 'finn')).AuthenticationResult?.IdToken).toEqual(expect.any(String));
});

test('an address that it verifies moves to the new user, if users sign in with it', async () => {
  const pool = await createPool(idp, {
    pool: { LambdaConfig: { PreSignUp: functionArn }, AliasAttributes: ['email'] },
  });
  await permit('obedient', pool);
  await createUser(idp, pool, 'gus');
  const told = { response: JSON.stringify({ autoConfirmUser: true, autoVerifyEmail: true }) };
  await signUp('gina', told, { UserAttributes: [{ Name: 'email', Value: 'gus@example.com' }] }, pool);
  const verified = async (Username: string) =>
    (await idp.send(new AdminGetUserCommand({ UserPoolId: pool.poolId, Username }))).UserAttributes?.find(
      ({ Name }) => Name === 'email_verified',
    )?.Value;
  expect([await verified('gus'), await verified('gina')]).toEqual(['false', 'true']);
});

test('its response is ignored for users that an administrator creates', async () => {
  const { User } = await idp.send(
    new AdminCreateUserCommand({
      UserPoolId: room.poolId,
      Username: 'ida',
      UserAttributes: [{ Name: 'email', Value: 'ida@example.com' }],
      MessageAction: 'SUPPRESS',
      ValidationData: [{ Name: 'response', Value: JSON.stringify({ autoConfirmUser: true, autoVerifyEmail: true }) }],
    }),
  );
  expect(User?.UserStatus).toBe('FORCE_CHANGE_PASSWORD');
  expect(User?.Attributes).toContainEqual({ Name: 'email_verified', Value: 'false' });
});
