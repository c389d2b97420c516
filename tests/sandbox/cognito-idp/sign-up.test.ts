import {
  AdminConfirmSignUpCommand,
  AdminCreateUserCommand,
  AdminGetUserCommand,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  ResendConfirmationCodeCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterEach, expect, test } from 'vitest';
import { markAsProbe } from '../../../checker/aws/mark-as-probe.ts';
import { testAccount } from '../../account.ts';
import { codeFor, cognito, createPool, mail, otherThan, password, signInTo, type TestPool } from './pool.ts';

let skipped = 0;

const account = await testAccount({ clock: { now: () => new Date(Date.now() + skipped) } });
const idp = cognito(account);
const room = await createPool(idp);

// Signed calls use the real time.
afterEach(() => {
  skipped = 0;
});

function signUp(Username: string, pool: TestPool = room, email = `${Username}@example.com`) {
  const UserAttributes = [{ Name: 'email', Value: email }];
  return idp.send(new SignUpCommand({ ClientId: pool.clientId, Username, Password: password, UserAttributes }));
}

function signIn(name: string, secret = password, pool = room) {
  return signInTo(idp, pool, name, secret);
}

function confirm(Username: string, ConfirmationCode: string, pool: TestPool = room) {
  return idp.send(new ConfirmSignUpCommand({ ClientId: pool.clientId, Username, ConfirmationCode }));
}

test('a new user gets a code, confirms with it, and can sign in', async () => {
  const signedUp = await signUp('ana');
  expect(signedUp).toMatchObject({
    UserConfirmed: false,
    CodeDeliveryDetails: { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'a***@e***' },
  });
  await expect(signIn('ana')).rejects.toMatchObject({
    name: 'UserNotConfirmedException',
    message: 'User is not confirmed.',
  });
  const code = await codeFor(account, 'ana');
  expect(code).toMatch(/^\d{6}$/);
  expect(account.said.filter((line) => line.includes(code) && line.includes('ana@example.com'))).toHaveLength(1);
  await expect(confirm('ana', otherThan(code))).rejects.toMatchObject({
    name: 'CodeMismatchException',
    message: 'Invalid verification code provided, please try again.',
  });
  await confirm('ana', code);
  expect(await mail(account)).toEqual([]);
  await expect(confirm('ana', code)).rejects.toMatchObject({
    name: 'NotAuthorizedException',
    message: 'User cannot be confirmed. Current status is CONFIRMED',
  });
  const { AuthenticationResult } = await signIn('ana');
  expect(AuthenticationResult).toMatchObject({ TokenType: 'Bearer', ExpiresIn: 3600 });
  const user = await idp.send(new AdminGetUserCommand({ UserPoolId: room.poolId, Username: 'ana' }));
  expect(user).toMatchObject({ Username: 'ana', UserStatus: 'CONFIRMED', Enabled: true });
  expect(user.UserAttributes).toEqual([
    { Name: 'sub', Value: signedUp.UserSub },
    { Name: 'email', Value: 'ana@example.com' },
    { Name: 'email_verified', Value: 'true' },
  ]);
});

test('an invalid sign-up is rejected as AWS rejects it', async () => {
  await expect(signUp('ana')).rejects.toMatchObject({
    name: 'UsernameExistsException',
    message: 'User already exists',
  });
  const cases: ReadonlyArray<readonly [string, string, string]> = [
    ['Short-1', 'InvalidPasswordException', 'Password not long enough'],
    ['unicorns-2026', 'InvalidPasswordException', 'Password must have uppercase characters'],
    ['UNICORNS-2026', 'InvalidPasswordException', 'Password must have lowercase characters'],
    ['Unicorns-two', 'InvalidPasswordException', 'Password must have numeric characters'],
    ['Unicorns2026', 'InvalidPasswordException', 'Password must have symbol characters'],
  ];
  for (const [Password, name, problem] of cases) {
    await expect(
      idp.send(new SignUpCommand({ ClientId: room.clientId, Username: 'weak', Password })),
    ).rejects.toMatchObject({ name, message: `Password did not conform with policy: ${problem}` });
  }
  await expect(
    idp.send(
      new SignUpCommand({
        ClientId: room.clientId,
        Username: 'odd',
        Password: password,
        UserAttributes: [{ Name: 'custom:horn', Value: 'long' }],
      }),
    ),
  ).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: 'Attributes did not conform to the schema: custom:horn: Attribute does not exist in the schema.\n',
  });
  await expect(signUp('odd', room, 'no address')).rejects.toMatchObject({ message: 'Invalid email address format.' });
  const verified = [{ Name: 'email_verified', Value: 'true' }];
  await expect(
    idp.send(
      new SignUpCommand({ ClientId: room.clientId, Username: 'sly', Password: password, UserAttributes: verified }),
    ),
  ).rejects.toMatchObject({ message: 'A client attempted to write unauthorized attribute' });
  await expect(
    idp.send(new SignUpCommand({ ClientId: 'nobodysclient', Username: 'bo', Password: password })),
  ).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'User pool client nobodysclient does not exist.',
  });
});

test('a code expires, can be requested again, and cannot be guessed', async () => {
  await signUp('bea');
  const first = await codeFor(account, 'bea');
  skipped += 24 * 3_600_000;
  await expect(confirm('bea', first)).rejects.toMatchObject({
    name: 'ExpiredCodeException',
    message: 'Invalid code provided, please request a code again.',
  });
  expect(await mail(account)).toEqual([]);
  await expect(confirm('bea', 'a b')).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: expect.stringContaining("Value 'a b' at 'confirmationCode' failed"),
  });
  await idp.send(new ResendConfirmationCodeCommand({ ClientId: room.clientId, Username: 'bea' }));
  const second = await codeFor(account, 'bea');
  for (let tries = 0; tries < 5; tries += 1) {
    await expect(confirm('bea', otherThan(second))).rejects.toMatchObject({ name: 'CodeMismatchException' });
  }
  await expect(confirm('bea', second)).rejects.toMatchObject({
    name: 'LimitExceededException',
    message: 'Attempt limit exceeded, please try after some time.',
  });
  await idp.send(new ResendConfirmationCodeCommand({ ClientId: room.clientId, Username: 'bea' }));
  await confirm('bea', await codeFor(account, 'bea'));
  await expect(
    idp.send(new ResendConfirmationCodeCommand({ ClientId: room.clientId, Username: 'bea' })),
  ).rejects.toMatchObject({ name: 'InvalidParameterException', message: 'User is already confirmed.' });
});

test('a forgotten password is reset with a code', async () => {
  const asked = new ForgotPasswordCommand({ ClientId: room.clientId, Username: 'bea' });
  const { CodeDeliveryDetails } = await idp.send(asked);
  expect(CodeDeliveryDetails).toMatchObject({ AttributeName: 'email', Destination: 'b***@e***' });
  const [message] = await mail(account);
  expect(message).toMatchObject({ username: 'bea', purpose: 'ForgotPassword', destination: 'bea@example.com' });
  const given = { ClientId: room.clientId, Username: 'bea', Password: 'Foals-are-7' };
  await expect(
    idp.send(new ConfirmForgotPasswordCommand({ ...given, ConfirmationCode: otherThan(message?.code ?? '') })),
  ).rejects.toMatchObject({ name: 'CodeMismatchException' });
  await idp.send(new ConfirmForgotPasswordCommand({ ...given, ConfirmationCode: message?.code }));
  await expect(signIn('bea')).rejects.toMatchObject({ message: 'Incorrect username or password.' });
  expect((await signIn('bea', 'Foals-are-7')).AuthenticationResult?.IdToken).toBeDefined();
  await expect(
    idp.send(new ConfirmForgotPasswordCommand({ ...given, ConfirmationCode: message?.code })),
  ).rejects.toMatchObject({ name: 'ExpiredCodeException' });
});

test('a client reveals unknown users, or hides them', async () => {
  await expect(signIn('nobody')).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  const hidden = await idp.send(new ForgotPasswordCommand({ ClientId: room.clientId, Username: 'nobody' }));
  expect(hidden.CodeDeliveryDetails?.Destination).toMatch(/^.\*\*\*@.\*\*\*$/);
  const open = await createPool(idp, { client: { PreventUserExistenceErrors: 'LEGACY' } });
  await expect(signIn('nobody', password, open)).rejects.toMatchObject({
    name: 'UserNotFoundException',
    message: 'User does not exist.',
  });
  await expect(
    idp.send(new ForgotPasswordCommand({ ClientId: open.clientId, Username: 'nobody' })),
  ).rejects.toMatchObject({ message: 'Username/client id combination not found.' });
  await expect(confirm('nobody', '123456', open)).rejects.toMatchObject({ name: 'UserNotFoundException' });
});

test('an email address instead of a username', async () => {
  const byMail = await createPool(idp, {
    pool: { UsernameAttributes: ['email'], UsernameConfiguration: { CaseSensitive: false } },
  });
  const { UserSub } = await signUp('Cleo@example.com', byMail, 'Cleo@example.com');
  await confirm('cleo@EXAMPLE.com', await codeFor(account, UserSub ?? ''), byMail);
  expect((await signIn('cleo@example.com', password, byMail)).AuthenticationResult).toBeDefined();
  const user = await idp.send(new AdminGetUserCommand({ UserPoolId: byMail.poolId, Username: 'cleo@example.com' }));
  expect(user.Username).toBe(UserSub);
  await expect(signUp('CLEO@example.com', byMail, 'cleo@example.com')).rejects.toMatchObject({
    name: 'UsernameExistsException',
    message: 'An account with the given email already exists.',
  });
  await expect(signUp('cleo', byMail)).rejects.toMatchObject({ message: 'Username should be an email.' });
});

test('an additional address counts once it is confirmed, for one user', async () => {
  const aliased = await createPool(idp, { pool: { AliasAttributes: ['email'] } });
  await signUp('dan', aliased, 'shared@example.com');
  await signUp('dora', aliased, 'shared@example.com');
  await confirm('dan', await codeFor(account, 'dan'), aliased);
  expect((await signIn('shared@example.com', password, aliased)).AuthenticationResult).toBeDefined();
  const ConfirmationCode = await codeFor(account, 'dora');
  await expect(confirm('dora', ConfirmationCode, aliased)).rejects.toMatchObject({ name: 'AliasExistsException' });
  await idp.send(
    new ConfirmSignUpCommand({
      ClientId: aliased.clientId,
      Username: 'dora',
      ConfirmationCode,
      ForceAliasCreation: true,
    }),
  );
  const former = await idp.send(new AdminGetUserCommand({ UserPoolId: aliased.poolId, Username: 'dan' }));
  expect(former.UserAttributes).toContainEqual({ Name: 'email_verified', Value: 'false' });
});

test('if nothing is verified automatically, an administrator confirms', async () => {
  const quiet = await createPool(idp, { pool: { AutoVerifiedAttributes: [] } });
  expect((await signUp('eve', quiet)).CodeDeliveryDetails).toBeUndefined();
  await idp.send(new AdminConfirmSignUpCommand({ UserPoolId: quiet.poolId, Username: 'eve' }));
  expect((await signIn('eve', password, quiet)).AuthenticationResult).toBeDefined();
});

test('an empty attribute is dropped', async () => {
  const signedUp = await signUp('fay', room, '');
  expect(signedUp.CodeDeliveryDetails).toBeUndefined();
  const user = await idp.send(new AdminGetUserCommand({ UserPoolId: room.poolId, Username: 'fay' }));
  expect(user.UserAttributes).toEqual([{ Name: 'sub', Value: signedUp.UserSub }]);
});

test("mails to the checker's visitors are kept, but not printed", async () => {
  const checker = cognito(account);
  markAsProbe(checker);
  const said = account.said.length;
  const UserAttributes = [{ Name: 'email', Value: 'visitor@example.com' }];
  await checker.send(
    new SignUpCommand({ ClientId: room.clientId, Username: 'visitor', Password: password, UserAttributes }),
  );
  await checker.send(
    new AdminCreateUserCommand({ UserPoolId: room.poolId, Username: 'guest', TemporaryPassword: password }),
  );
  expect(account.said.slice(said)).toEqual([]);
  expect((await codeFor(account, 'visitor')).length).toBe(6);
});
