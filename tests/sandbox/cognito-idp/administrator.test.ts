import {
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  AdminResetUserPasswordCommand,
  AdminUserGlobalSignOutCommand,
  InitiateAuthCommand,
  type InitiateAuthCommandOutput,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterEach, expect, test } from 'vitest';
import { testAccount } from '../../account.ts';
import { cognito, createPool, createUser, password, signInTo } from './pool.ts';

let skipped = 0;

const account = await testAccount({ clock: { now: () => new Date(Date.now() + skipped) } });
const idp = cognito(account);
const room = await createPool(idp);

// Signed calls use the real time.
afterEach(() => {
  skipped = 0;
});

test('a temporary password is changed at the first sign-in, before it expires', async () => {
  await createUser(idp, room, 'dan', false);
  const respond = (challenge: InitiateAuthCommandOutput, NEW_PASSWORD: string, USERNAME = 'dan') =>
    idp.send(
      new RespondToAuthChallengeCommand({
        ClientId: room.clientId,
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        Session: challenge.Session,
        ChallengeResponses: { USERNAME, NEW_PASSWORD, 'userAttributes.name': 'Dan' },
      }),
    );
  const challenge = await signInTo(idp, room, 'dan');
  expect(challenge).toMatchObject({
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    ChallengeParameters: {
      USER_ID_FOR_SRP: 'dan',
      requiredAttributes: '[]',
      userAttributes: JSON.stringify({ email: 'dan@example.com', email_verified: 'true' }),
    },
  });
  expect(challenge.AuthenticationResult).toBeUndefined();
  for (const password of ['weak', 'x', ' Permanent-1']) {
    await expect(respond(challenge, password)).rejects.toMatchObject({ name: 'InvalidPasswordException' });
  }
  await createUser(idp, room, 'erin', false);
  await expect(respond(challenge, 'Permanent-1', 'erin')).rejects.toMatchObject({
    message: 'Invalid session for the user.',
  });
  expect((await respond(challenge, 'Permanent-1')).AuthenticationResult?.IdToken).toBeDefined();
  await expect(respond(challenge, 'Permanent-2')).rejects.toMatchObject({ message: 'Invalid session for the user.' });
  const user = await idp.send(new AdminGetUserCommand({ UserPoolId: room.poolId, Username: 'dan' }));
  expect(user.UserStatus).toBe('CONFIRMED');
  expect(user.UserAttributes).toContainEqual({ Name: 'name', Value: 'Dan' });
  await createUser(idp, room, 'late', false);
  skipped = 7 * 86_400_000;
  await expect(signInTo(idp, room, 'late')).rejects.toMatchObject({
    message: 'Temporary password has expired and must be reset by an administrator.',
  });
});

test('a user who is disabled, or whose password was reset, cannot sign in', async () => {
  await createUser(idp, room, 'eve');
  const user = { UserPoolId: room.poolId, Username: 'eve' };
  await idp.send(new AdminDisableUserCommand(user));
  await expect(signInTo(idp, room, 'eve')).rejects.toMatchObject({ message: 'User is disabled.' });
  await idp.send(new AdminEnableUserCommand(user));
  expect((await signInTo(idp, room, 'eve')).AuthenticationResult).toBeDefined();
  await idp.send(new AdminResetUserPasswordCommand(user));
  await expect(signInTo(idp, room, 'eve')).rejects.toMatchObject({
    name: 'PasswordResetRequiredException',
    message: 'Password reset required for the user',
  });
});

test('an administrator signs a user in, with credentials only', async () => {
  await createUser(idp, room, 'finn');
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

test('a global sign-out', async () => {
  await createUser(idp, room, 'hal');
  const { AuthenticationResult } = await signInTo(idp, room, 'hal');
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
