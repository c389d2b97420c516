import {
  AdminCreateUserCommand,
  AdminDeleteUserAttributesCommand,
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  AdminUpdateUserAttributesCommand,
  ChangePasswordCommand,
  DeleteUserCommand,
  GetUserCommand,
  ListUsersCommand,
  UpdateUserAttributesCommand,
  VerifyUserAttributeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect, test } from 'vitest';
import { testAccount } from '../../account.ts';
import { codeFor, cognito, createPool, createUser, mail, password, signInTo } from './pool.ts';

const account = await testAccount();
const idp = cognito(account);
const room = await createPool(idp);

function create(Username: string, more: Partial<ConstructorParameters<typeof AdminCreateUserCommand>[0]> = {}) {
  const UserAttributes = [{ Name: 'email', Value: `${Username}@example.com` }];
  return idp.send(new AdminCreateUserCommand({ UserPoolId: room.poolId, Username, UserAttributes, ...more }));
}

test('an administrator invites a user, invites them again, and deletes them', async () => {
  const { User } = await create('ana');
  expect(User).toMatchObject({ Username: 'ana', Enabled: true, UserStatus: 'FORCE_CHANGE_PASSWORD' });
  const told = account.said.at(-1) ?? '';
  expect(told).toMatch(/ana of the user pool .* temporary password \S{12,}, at ana@example\.com\.$/);
  await expect(create('ana')).rejects.toMatchObject({
    name: 'UsernameExistsException',
    message: 'User account already exists',
  });
  await create('ana', { MessageAction: 'RESEND' });
  expect(account.said.at(-1)).not.toBe(told);
  const said = account.said.length;
  await create('bo', { MessageAction: 'SUPPRESS' });
  expect(account.said).toHaveLength(said);
  await expect(create('nobody', { MessageAction: 'RESEND' })).rejects.toMatchObject({
    name: 'UserNotFoundException',
    message: 'User does not exist.',
  });
  await expect(create('weak', { TemporaryPassword: 'weak' })).rejects.toMatchObject({
    name: 'InvalidPasswordException',
  });
  const user = { UserPoolId: room.poolId, Username: 'ana' };
  const UserAttributes = [
    { Name: 'name', Value: 'Ana' },
    { Name: 'email_verified', Value: 'true' },
  ];
  await idp.send(new AdminUpdateUserAttributesCommand({ ...user, UserAttributes }));
  await idp.send(new AdminDeleteUserAttributesCommand({ ...user, UserAttributeNames: ['email'] }));
  const { UserAttributes: left = [] } = await idp.send(new AdminGetUserCommand(user));
  expect(left.map(({ Name }) => Name)).toEqual(['sub', 'name']);
  await idp.send(new AdminDeleteUserCommand(user));
  await expect(idp.send(new AdminGetUserCommand(user))).rejects.toMatchObject({ name: 'UserNotFoundException' });
});

test('users are listed by page and by filter', async () => {
  for (const name of ['cleo', 'cliff', 'dan']) await create(name);
  const list = (input: Partial<ConstructorParameters<typeof ListUsersCommand>[0]>) =>
    idp.send(new ListUsersCommand({ UserPoolId: room.poolId, ...input }));
  const first = await list({ Limit: 3 });
  expect(first.Users?.map(({ Username }) => Username)).toEqual(['bo', 'cleo', 'cliff']);
  const second = await list({ Limit: 3, PaginationToken: first.PaginationToken });
  expect(second.Users?.map(({ Username }) => Username)).toEqual(['dan']);
  expect(second.PaginationToken).toBeUndefined();
  const cases: ReadonlyArray<readonly [string, readonly string[]]> = [
    ['email = "CLEO@example.com"', ['cleo']],
    ['username ^= "cl"', ['cleo', 'cliff']],
    ['cognito:user_status = "CONFIRMED"', []],
    ['status = "Enabled"', ['bo', 'cleo', 'cliff', 'dan']],
  ];
  for (const [Filter, names] of cases) {
    expect((await list({ Filter })).Users?.map(({ Username }) => Username)).toEqual(names);
  }
  const [user] = (await list({ Filter: 'username = "dan"', AttributesToGet: ['email'] })).Users ?? [];
  expect(user?.Attributes).toEqual([{ Name: 'email', Value: 'dan@example.com' }]);
  for (const Filter of ['email is "x"', 'custom:horn = "x"', 'email = x']) {
    await expect(list({ Filter })).rejects.toMatchObject({ name: 'InvalidParameterException' });
  }
  await expect(list({ AttributesToGet: ['horn'] })).rejects.toMatchObject({ name: 'InvalidParameterException' });
});

test("deleting one's own alias leaves the others alone", async () => {
  const { poolId: UserPoolId } = await createPool(idp, { pool: { AliasAttributes: ['preferred_username'] } });
  for (const Username of ['una', 'uri']) {
    await idp.send(new AdminCreateUserCommand({ UserPoolId, Username, MessageAction: 'SUPPRESS' }));
  }
  for (const Value of ['horn', '']) {
    const UserAttributes = [{ Name: 'preferred_username', Value }];
    await idp.send(new AdminUpdateUserAttributesCommand({ UserPoolId, Username: 'una', UserAttributes }));
  }
  const { UserAttributes = [] } = await idp.send(new AdminGetUserCommand({ UserPoolId, Username: 'una' }));
  expect(UserAttributes.map(({ Name }) => Name)).toEqual(['sub']);
});

test('users change their password, their address, and leave', async () => {
  await createUser(idp, room, 'hal');
  const AccessToken = (await signInTo(idp, room, 'hal')).AuthenticationResult?.AccessToken;
  const getUser = () => idp.send(new GetUserCommand({ AccessToken }));
  const change = { AccessToken, PreviousPassword: password, ProposedPassword: 'Another-one-1' };
  await expect(
    idp.send(new ChangePasswordCommand({ ...change, PreviousPassword: 'Not-that-one-1' })),
  ).rejects.toMatchObject({ name: 'NotAuthorizedException', message: 'Incorrect username or password.' });
  await idp.send(new ChangePasswordCommand(change));
  expect((await signInTo(idp, room, 'hal', 'Another-one-1')).AuthenticationResult?.IdToken).toBeTruthy();
  const UserAttributes = [{ Name: 'email', Value: 'new@example.com' }];
  const { CodeDeliveryDetailsList } = await idp.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes }));
  expect(CodeDeliveryDetailsList).toMatchObject([{ AttributeName: 'email', Destination: 'n***@e***' }]);
  expect((await getUser()).UserAttributes).toContainEqual({ Name: 'email_verified', Value: 'false' });
  const Code = await codeFor(account, 'hal');
  await idp.send(new VerifyUserAttributeCommand({ AccessToken, AttributeName: 'email', Code }));
  expect((await getUser()).UserAttributes).toContainEqual({ Name: 'email_verified', Value: 'true' });
  expect(await mail(account)).toEqual([]);
  await idp.send(new DeleteUserCommand({ AccessToken }));
  await expect(getUser()).rejects.toMatchObject({
    name: 'UserNotFoundException',
    message: 'User does not exist.',
  });
});

test("forcing both of another user's addresses leaves that user neither", async () => {
  const { poolId: UserPoolId } = await createPool(idp, { pool: { AliasAttributes: ['email', 'phone_number'] } });
  const UserAttributes = Object.entries({
    email: 'una@example.com',
    email_verified: 'true',
    phone_number: '+15550100',
    phone_number_verified: 'true',
  }).map(([Name, Value]) => ({ Name, Value }));
  const user = { UserPoolId, UserAttributes, MessageAction: 'SUPPRESS' as const };
  await idp.send(new AdminCreateUserCommand({ ...user, Username: 'una' }));
  const other = { ...user, Username: 'uri' };
  await expect(idp.send(new AdminCreateUserCommand(other))).rejects.toMatchObject({ name: 'AliasExistsException' });
  await idp.send(new AdminCreateUserCommand({ ...other, ForceAliasCreation: true }));
  const former = await idp.send(new AdminGetUserCommand({ UserPoolId, Username: 'una' }));
  for (const Name of ['email_verified', 'phone_number_verified']) {
    expect(former.UserAttributes).toContainEqual({ Name, Value: 'false' });
  }
});
