import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  CognitoIdentityProviderClient,
  CreateGroupCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DeleteGroupCommand,
  DeleteUserPoolClientCommand,
  DescribeUserPoolClientCommand,
  ListGroupsCommand,
  ListUserPoolClientsCommand,
  ListUsersInGroupCommand,
  UpdateGroupCommand,
  UpdateUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import { testAccount } from '../../account.ts';

const account = await testAccount();
const cognito = new CognitoIdentityProviderClient({ ...account.client, maxAttempts: 1 });
const tags = { UserPoolTags: { team: 'unicorn' } };
const UserPoolId = (await cognito.send(new CreateUserPoolCommand({ PoolName: 'room', ...tags }))).UserPool?.Id ?? '';

test("a client has AWS's defaults, and a secret if requested", async () => {
  const { UserPoolClient: open } = await cognito.send(
    new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'page' }),
  );
  expect(open).toMatchObject({
    UserPoolId,
    ClientName: 'page',
    RefreshTokenValidity: 30,
    EnableTokenRevocation: true,
    AllowedOAuthFlowsUserPoolClient: false,
    AuthSessionValidity: 3,
  });
  expect(open?.ClientId).toMatch(/^[a-z0-9]{26}$/);
  expect(open?.ClientSecret).toBeUndefined();
  const { UserPoolClient: closed } = await cognito.send(
    new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'server', GenerateSecret: true }),
  );
  expect(closed?.ClientSecret).toMatch(/^[a-z0-9]{51}$/);
});

test('an update resets what it does not name', async () => {
  const { UserPoolClient } = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: 'page',
      IdTokenValidity: 5,
      TokenValidityUnits: { IdToken: 'minutes' },
    }),
  );
  const ClientId = UserPoolClient?.ClientId;
  const ExplicitAuthFlows = ['ALLOW_USER_PASSWORD_AUTH' as const, 'ALLOW_REFRESH_TOKEN_AUTH' as const];
  await cognito.send(new UpdateUserPoolClientCommand({ UserPoolId, ClientId, ExplicitAuthFlows }));
  const { UserPoolClient: now } = await cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
  expect(now).toMatchObject({ ClientName: 'page', ExplicitAuthFlows });
  expect(now?.IdTokenValidity).toBeUndefined();
});

test('refresh tokens live 30 days by default, in any unit', async () => {
  const { UserPoolClient } = await cognito.send(
    new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'page', TokenValidityUnits: { RefreshToken: 'hours' } }),
  );
  expect(UserPoolClient?.RefreshTokenValidity).toBe(720);
});

const good: Array<[input: object]> = [
  [{ IdTokenValidity: 5, TokenValidityUnits: { IdToken: 'minutes' } }],
  [{ AccessTokenValidity: 1, TokenValidityUnits: { AccessToken: 'days' } }],
  [{ RefreshTokenValidity: 60, TokenValidityUnits: { RefreshToken: 'minutes' } }],
  [{ RefreshTokenValidity: 3650 }],
];
test.each(good)('valid token lifetimes: %j', async (input) => {
  await cognito.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'page', ...input }));
});

const bad: Array<[input: object, message: string | RegExp]> = [
  [{ IdTokenValidity: 4, TokenValidityUnits: { IdToken: 'minutes' } }, 'Invalid range for token validity.'],
  [{ AccessTokenValidity: 25 }, 'Invalid range for token validity.'],
  [{ RefreshTokenValidity: 59, TokenValidityUnits: { RefreshToken: 'minutes' } }, 'Invalid range for token validity.'],
  [{ RefreshTokenValidity: 3651 }, 'Invalid range for token validity.'],
  [
    { IdTokenValidity: 2, RefreshTokenValidity: 60, TokenValidityUnits: { RefreshToken: 'minutes' } },
    'Invalid range for token validity.',
  ],
  [{ IdTokenValidity: 0 }, /'idTokenValidity' .* greater than or equal to 1/],
  [{ AuthSessionValidity: 2 }, /'authSessionValidity' .* greater than or equal to 3/],
  [
    { ExplicitAuthFlows: ['USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] },
    /together with values that start with ALLOW_/,
  ],
  [{ SupportedIdentityProviders: ['Google'] }, /^The provider Google does not exist for User Pool us-east-1_\w+\.$/],
  [{ AllowedOAuthFlowsUserPoolClient: true }, /AllowedOAuthFlows and AllowedOAuthScopes are required/],
  [{ ReadAttributes: ['horn'] }, /Invalid read attributes/],
  [{ WriteAttributes: ['sub'] }, /Invalid write attributes/],
];
test.each(bad)('refused: %j', async (input, message) => {
  const asked = cognito.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'page', ...input }));
  await expect(asked).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: typeof message === 'string' ? message : expect.stringMatching(message),
  });
});

test('clients are listed page by page, and gone when deleted', async () => {
  const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: 'other' }));
  const other = UserPool?.Id;
  const made = [];
  for (const ClientName of ['a', 'b', 'c']) {
    made.push(await cognito.send(new CreateUserPoolClientCommand({ UserPoolId: other, ClientName })));
  }
  const first = await cognito.send(new ListUserPoolClientsCommand({ UserPoolId: other, MaxResults: 2 }));
  const second = await cognito.send(
    new ListUserPoolClientsCommand({ UserPoolId: other, MaxResults: 2, NextToken: first.NextToken }),
  );
  const all = [...(first.UserPoolClients ?? []), ...(second.UserPoolClients ?? [])];
  expect(all.map(({ ClientName }) => ClientName).sort()).toEqual(['a', 'b', 'c']);
  const ClientId = made[0]?.UserPoolClient?.ClientId;
  await cognito.send(new DeleteUserPoolClientCommand({ UserPoolId: other, ClientId }));
  await expect(cognito.send(new DescribeUserPoolClientCommand({ UserPoolId: other, ClientId }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: `User pool client ${ClientId} does not exist.`,
  });
  // A client belongs to its own pool only.
  await expect(
    cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId: made[1]?.UserPoolClient?.ClientId })),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('groups', async () => {
  await cognito.send(new CreateGroupCommand({ UserPoolId, GroupName: 'herd', Precedence: 1 }));
  await expect(cognito.send(new CreateGroupCommand({ UserPoolId, GroupName: 'herd' }))).rejects.toMatchObject({
    name: 'GroupExistsException',
    message: 'A group with the name already exists.',
  });
  await cognito.send(new UpdateGroupCommand({ UserPoolId, GroupName: 'herd', Description: 'all of them' }));
  const { Groups } = await cognito.send(new ListGroupsCommand({ UserPoolId }));
  expect(Groups).toMatchObject([{ GroupName: 'herd', Precedence: 1, Description: 'all of them' }]);
  await cognito.send(new DeleteGroupCommand({ UserPoolId, GroupName: 'herd' }));
  await expect(cognito.send(new DeleteGroupCommand({ UserPoolId, GroupName: 'herd' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'Group not found.',
  });
});

test('users in groups', async () => {
  const GroupName = 'stable';
  await cognito.send(new CreateGroupCommand({ UserPoolId, GroupName }));
  for (const Username of ['una', 'uri']) {
    await cognito.send(new AdminCreateUserCommand({ UserPoolId, Username, MessageAction: 'SUPPRESS' }));
    await cognito.send(new AdminAddUserToGroupCommand({ UserPoolId, Username, GroupName }));
  }
  const first = await cognito.send(new ListUsersInGroupCommand({ UserPoolId, GroupName, Limit: 1 }));
  expect(first.Users).toMatchObject([{ Username: 'una', Enabled: true }]);
  const { NextToken } = first;
  const second = await cognito.send(new ListUsersInGroupCommand({ UserPoolId, GroupName, Limit: 1, NextToken }));
  expect(second.Users).toMatchObject([{ Username: 'uri' }]);
  await cognito.send(new AdminRemoveUserFromGroupCommand({ UserPoolId, Username: 'uri', GroupName }));
  const groupsOf = async (Username: string) =>
    (await cognito.send(new AdminListGroupsForUserCommand({ UserPoolId, Username }))).Groups?.map(
      (one) => one.GroupName,
    );
  expect(await groupsOf('uri')).toEqual([]);
  expect(await groupsOf('una')).toEqual([GroupName]);
  await cognito.send(new DeleteGroupCommand({ UserPoolId, GroupName }));
  expect(await groupsOf('una')).toEqual([]);
  await expect(
    cognito.send(new AdminAddUserToGroupCommand({ UserPoolId, Username: 'nobody', GroupName })),
  ).rejects.toMatchObject({ name: 'UserNotFoundException', message: 'User does not exist.' });
});

test('IAM decides by the pool, and by its tags', async () => {
  const iam = new IAMClient(account.client);
  const UserName = 'intern';
  await iam.send(new CreateUserCommand({ UserName }));
  const Statement = [
    {
      Effect: 'Allow',
      Action: 'cognito-idp:ListGroups',
      Resource: 'arn:aws:cognito-idp:us-east-1:111122223333:userpool/*',
      Condition: { StringEquals: { 'aws:ResourceTag/team': 'unicorn' } },
    },
  ];
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'list', PolicyDocument }));
  const { AccessKey: key } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  const credentials = { accessKeyId: key?.AccessKeyId ?? '', secretAccessKey: key?.SecretAccessKey ?? '' };
  const intern = new CognitoIdentityProviderClient({ ...account.client, credentials, maxAttempts: 1 });
  await intern.send(new ListGroupsCommand({ UserPoolId }));
  const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: 'untagged' }));
  await expect(intern.send(new ListGroupsCommand({ UserPoolId: UserPool?.Id }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining(`cognito-idp:ListGroups on resource: ${UserPool?.Arn}`),
  });
});
