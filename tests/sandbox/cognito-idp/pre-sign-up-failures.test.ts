import { DeleteFunctionCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPool, createUser, password } from './pool.ts';
import { openTriggeredPool, type TriggeredPool } from './triggered-pool.ts';

let account: TriggeredPool['account'];
let idp: TriggeredPool['idp'];
let room: TriggeredPool['room'];
let lambda: TriggeredPool['lambda'];
let createObedient: TriggeredPool['createObedient'];
let signUp: TriggeredPool['signUp'];
let permit: TriggeredPool['permit'];

beforeAll(async () => {
  ({ account, idp, room, lambda, createObedient, signUp, permit } = await openTriggeredPool());
});
afterAll(() => account.close());

test('a missing address cannot be verified', async () => {
  const told = { response: JSON.stringify({ autoConfirmUser: true, autoVerifyEmail: true }) };
  await expect(signUp('hal', told, { UserAttributes: [] })).rejects.toMatchObject({
    name: 'InvalidLambdaResponseException',
  });
});

test('an address cannot be verified without confirming the user', async () => {
  const told = { response: JSON.stringify({ autoVerifyEmail: true }) };
  await expect(signUp('ian', told)).rejects.toMatchObject({
    name: 'InvalidLambdaResponseException',
    message: 'Phone or email cannot be auto verified, when user is not being auto confirmed.',
  });
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
  const arn = await createObedient('closed');
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
