import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  type CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
  ListUserPoolsCommand,
  ListUsersCommand,
  SignUpCommand,
  type SignUpCommandInput,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestAccount, type TestAccount } from '../../account.ts';
import { createRole } from '../execute-api/deployed-api.ts';
import { cognito, createPool, createUser, mail, password, signInTo, type TestPool } from './pool.ts';

let account: TestAccount;
let idp: CognitoIdentityProviderClient;
let lambda: LambdaClient;
let roleArn: string;
/** A pool whose trigger obeys the validation data. */
let room: TestPool;
let functionArn: string;

/** Shows its event in an error, or answers as instructed. */
const obedient = `
exports.handler = async (event) => {
  const { show, refuse, response, output, exit } = event.request.validationData ?? {};
  if (show) throw new Error(JSON.stringify(event));
  if (refuse) throw new Error(refuse);
  if (exit) process.exit(1);
  if (output) return JSON.parse(output);
  return { ...event, response: { ...event.response, ...JSON.parse(response ?? '{}') } };
};`;

beforeAll(async () => {
  account = await startTestAccount();
  idp = cognito(account);
  lambda = new LambdaClient(account.client);
  roleArn = await createRole(account, 'triggers');
  functionArn = await createFunction('obedient', obedient);
  room = await createPool(idp, { pool: { LambdaConfig: { PreSignUp: functionArn } } });
  await permit('obedient', room);
});
afterAll(() => account.close());

async function createFunction(FunctionName: string, source: string): Promise<string> {
  const { FunctionArn = '' } = await lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Role: roleArn,
      Runtime: 'nodejs20.x',
      Handler: 'index.handler',
      Code: { ZipFile: zipSync({ 'index.js': strToU8(source) }) },
    }),
  );
  return FunctionArn;
}

/** Allows Cognito to invoke a function on behalf of a pool. */
async function permit(FunctionName: string, { poolId }: TestPool): Promise<void> {
  const SourceArn = `arn:aws:cognito-idp:us-east-1:${account.identity.accountId}:userpool/${poolId}`;
  const Principal = 'cognito-idp.amazonaws.com';
  const StatementId = `for-${poolId}`;
  await lambda.send(
    new AddPermissionCommand({ FunctionName, StatementId, Action: 'lambda:InvokeFunction', Principal, SourceArn }),
  );
}

/** Signs up through a pool's client, telling the trigger what to do. */
function signUp(
  Username: string,
  told: Readonly<Record<string, string>> = {},
  more: Partial<SignUpCommandInput> = {},
  pool = room,
) {
  return idp.send(
    new SignUpCommand({
      ClientId: pool.clientId,
      Username,
      Password: password,
      UserAttributes: [{ Name: 'email', Value: `${Username}@example.com` }],
      ValidationData: Object.entries(told).map(([Name, Value]) => ({ Name, Value })),
      ...more,
    }),
  );
}

async function namesIn({ poolId: UserPoolId }: TestPool): Promise<ReadonlyArray<string | undefined>> {
  const { Users = [] } = await idp.send(new ListUsersCommand({ UserPoolId }));
  return Users.map(({ Username }) => Username);
}

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
  const told = { response: JSON.stringify({ autoVerifyEmail: true }) };
  await signUp('gina', told, { UserAttributes: [{ Name: 'email', Value: 'gus@example.com' }] }, pool);
  const verified = async (Username: string) =>
    (await idp.send(new AdminGetUserCommand({ UserPoolId: pool.poolId, Username }))).UserAttributes?.find(
      ({ Name }) => Name === 'email_verified',
    )?.Value;
  expect([await verified('gus'), await verified('gina')]).toEqual(['false', 'true']);
});

test('a missing address cannot be verified', async () => {
  const told = { response: JSON.stringify({ autoVerifyEmail: true }) };
  await expect(signUp('hal', told, { UserAttributes: [] })).rejects.toMatchObject({
    name: 'InvalidLambdaResponseException',
  });
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

test.each([
  ['{}', 'Unrecognizable lambda output'],
  ['{"response":{"autoConfirmUser":"yes"}}', 'Unrecognizable lambda output'],
])('rejects sign-ups if the trigger returns %s', async (output, message) => {
  await expect(signUp('jo', { output })).rejects.toMatchObject({ name: 'InvalidLambdaResponseException', message });
});

test('a process that ends early is a function error', async () => {
  await expect(signUp('kim', { exit: 'yes' })).rejects.toMatchObject({
    name: 'UserLambdaValidationException',
    message: expect.stringMatching(/^PreSignUp failed with error RequestId: \S+ Error: Runtime exited with error/),
  });
});

test('parameters are validated before the trigger runs, and names after it', async () => {
  await signUp('lea');
  await expect(signUp('lea', { refuse: 'no' }, { Password: 'short' })).rejects.toMatchObject({
    name: 'InvalidPasswordException',
  });
  await expect(signUp('lea', { refuse: 'no' })).rejects.toMatchObject({ name: 'UserLambdaValidationException' });
  await expect(signUp('lea')).rejects.toMatchObject({ name: 'UsernameExistsException' });
});

test.each([
  { ValidationData: 'yes' },
  { ValidationData: [null] },
  { ValidationData: [{ Value: 'no name' }] },
  { ClientMetadata: ['yes'] },
  { ClientMetadata: { from: 7 } },
])('%j is not an input of a trigger', async (malformed) => {
  // The SDK would write it as Cognito reads it.
  const response = await fetch(account.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.SignUp',
    },
    body: JSON.stringify({ ClientId: room.clientId, Username: 'nat', Password: password, ...malformed }),
  });
  expect(response.status).toBe(400);
  const { __type } = (await response.json()) as { __type: string };
  expect(__type).toMatch(/SerializationException|InvalidParameterException/);
});

test('one of two simultaneous sign-ups gets the name', async () => {
  const both = await Promise.allSettled([signUp('max'), signUp('max')]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('nobody can sign up if Cognito may not invoke the function for this pool, or it is gone', async () => {
  const arn = await createFunction('closed', obedient);
  const pool = await createPool(idp, { pool: { LambdaConfig: { PreSignUp: arn } } });
  const closed = {
    name: 'UnexpectedLambdaException',
    message: 'PreSignUp invocation failed due to error AccessDeniedException.',
  };
  await expect(signUp('nia', {}, {}, pool)).rejects.toMatchObject(closed);
  await permit('closed', room);
  await expect(signUp('nia', {}, {}, pool)).rejects.toMatchObject(closed);
  await permit('closed', pool);
  await signUp('nia', {}, {}, pool);
  await lambda.send(new DeleteFunctionCommand({ FunctionName: 'closed' }));
  await expect(signUp('otto', {}, {}, pool)).rejects.toMatchObject(closed);
  await expect(createUser(idp, pool, 'otto')).rejects.toMatchObject(closed);
});
