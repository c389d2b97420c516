import {
  AddCustomAttributesCommand,
  CognitoIdentityProviderClient,
  CreateGroupCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DeleteUserPoolCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  GetGroupCommand,
  GetUserPoolMfaConfigCommand,
  ListTagsForResourceCommand,
  ListUserPoolsCommand,
  SetUserPoolMfaConfigCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect, test } from 'vitest';
import { testAccount } from '../../account.ts';

const account = await testAccount();
const cognito = new CognitoIdentityProviderClient({ ...account.client, maxAttempts: 1 });

async function makePool(PoolName = 'room'): Promise<string> {
  const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName }));
  return UserPool?.Id ?? '';
}

test("a pool has AWS's defaults", async () => {
  const { UserPool: made } = await cognito.send(new CreateUserPoolCommand({ PoolName: 'room' }));
  expect(made?.Id).toMatch(/^us-east-1_[0-9a-zA-Z]{9}$/);
  const { UserPool: pool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId: made?.Id }));
  expect(pool).toEqual(made);
  expect(pool).toMatchObject({
    Name: 'room',
    Arn: `arn:aws:cognito-idp:us-east-1:111122223333:userpool/${pool?.Id}`,
    Policies: {
      PasswordPolicy: {
        MinimumLength: 8,
        RequireLowercase: true,
        RequireNumbers: true,
        RequireSymbols: true,
        RequireUppercase: true,
        TemporaryPasswordValidityDays: 7,
      },
    },
    DeletionProtection: 'INACTIVE',
    MfaConfiguration: 'OFF',
    EstimatedNumberOfUsers: 0,
    EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' },
    VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_CODE' },
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: false, UnusedAccountValidityDays: 7 },
  });
  expect(pool?.CreationDate).toBeInstanceOf(Date);
  const sub = pool?.SchemaAttributes?.find(({ Name }) => Name === 'sub');
  expect(sub).toMatchObject({ Required: true, Mutable: false, AttributeDataType: 'String' });
});

test('an update resets what it does not name, and keeps the schema', async () => {
  const { UserPool } = await cognito.send(
    new CreateUserPoolCommand({
      PoolName: 'room',
      Policies: { PasswordPolicy: { MinimumLength: 12 } },
      AutoVerifiedAttributes: ['email'],
      Schema: [
        { Name: 'email', Required: true },
        { Name: 'stable', AttributeDataType: 'String' },
      ],
    }),
  );
  const UserPoolId = UserPool?.Id;
  expect(UserPool?.Policies?.PasswordPolicy).toMatchObject({ MinimumLength: 12, RequireSymbols: false });
  await cognito.send(
    new UpdateUserPoolCommand({ UserPoolId, AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } }),
  );
  await cognito.send(new AddCustomAttributesCommand({ UserPoolId, CustomAttributes: [{ Name: 'horn' }] }));
  const { UserPool: pool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
  expect(pool).toMatchObject({ Name: 'room', AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } });
  expect(pool?.Policies?.PasswordPolicy?.MinimumLength).toBe(8);
  expect(pool?.AutoVerifiedAttributes).toBeUndefined();
  const names = pool?.SchemaAttributes?.map(({ Name }) => Name) ?? [];
  expect(names.slice(-2)).toEqual(['custom:stable', 'custom:horn']);
  expect(pool?.SchemaAttributes?.find(({ Name }) => Name === 'email')?.Required).toBe(true);
});

const refusals: Array<[what: string, input: object, error: string, message: RegExp]> = [
  [
    'no name',
    { PoolName: undefined },
    'InvalidParameterException',
    /'poolName' failed to satisfy constraint: Member must not be null/,
  ],
  [
    'a name with a slash',
    { PoolName: 'a/b' },
    'InvalidParameterException',
    /Value 'a\/b' at 'poolName'.*\[\\w\\s\+=,\.@-\]\+/,
  ],
  [
    'short passwords',
    { Policies: { PasswordPolicy: { MinimumLength: 5 } } },
    'InvalidParameterException',
    /Value '5' at 'policies.passwordPolicy.minimumLength' .* greater than or equal to 6/,
  ],
  [
    'both kinds of sign-in names',
    { AliasAttributes: ['email'], UsernameAttributes: ['email'] },
    'InvalidParameterException',
    /^Only one of the aliasAttributes or usernameAttributes can be set in a user pool\.$/,
  ],
  [
    'a message without a code',
    { EmailVerificationMessage: 'Welcome!' },
    'InvalidParameterException',
    /emailVerificationMessage/,
  ],
  [
    'an unknown word',
    { AutoVerifiedAttributes: ['fax'] },
    'InvalidParameterException',
    /enum value set: \[phone_number, email\]/,
  ],
  [
    'a required custom attribute',
    { Schema: [{ Name: 'x', Required: true }] },
    'InvalidParameterException',
    /Required custom attributes/,
  ],
  [
    'a Lambda trigger that is not invoked',
    { LambdaConfig: { PostConfirmation: 'arn:aws:lambda:us-east-1:111122223333:function:f' } },
    'NotImplemented',
    /PostConfirmation, only PreSignUp/,
  ],
  [
    'a trigger that is no function',
    { LambdaConfig: { PreSignUp: 'the-pre-sign-up-function' } },
    'InvalidParameterException',
    /lambdaConfig\.preSignUp.*regular expression/,
  ],
  ['MFA', { MfaConfiguration: 'OPTIONAL' }, 'NotImplemented', /multi-factor/],
  ['SMS', { AutoVerifiedAttributes: ['phone_number'] }, 'NotImplemented', /SMS/],
  ['SES', { EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' } }, 'NotImplemented', /SES/],
  [
    'threat protection',
    { UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } },
    'NotImplemented',
    /threat protection/,
  ],
  ['a key of one’s own', { KeyConfiguration: { KeyType: 'AWS_OWNED_KEY' } }, 'NotImplemented', /KeyConfiguration/],
];

test.each(refusals)('refused: %s', async (_what, input, name, message) => {
  const asked = cognito.send(new CreateUserPoolCommand({ PoolName: 'room', ...input }));
  await expect(asked).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
});

test('an unknown pool, and an invalid pool id', async () => {
  await expect(cognito.send(new DescribeUserPoolCommand({ UserPoolId: 'us-east-1_gone' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'User pool us-east-1_gone does not exist.',
  });
  await expect(cognito.send(new DescribeUserPoolCommand({ UserPoolId: 'gone' }))).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message:
      "1 validation error detected: Value 'gone' at 'userPoolId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w-]+_[0-9a-zA-Z]+",
  });
});

test('a protected pool is not deleted; any other is deleted with everything in it', async () => {
  const UserPoolId = await makePool();
  const { UserPoolClient } = await cognito.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'page' }));
  await cognito.send(new CreateGroupCommand({ UserPoolId, GroupName: 'herd' }));
  await cognito.send(new UpdateUserPoolCommand({ UserPoolId, DeletionProtection: 'ACTIVE' }));
  await expect(cognito.send(new DeleteUserPoolCommand({ UserPoolId }))).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: expect.stringContaining('deletion protection is activated'),
  });
  await cognito.send(new UpdateUserPoolCommand({ UserPoolId, DeletionProtection: 'INACTIVE' }));
  await cognito.send(new DeleteUserPoolCommand({ UserPoolId }));
  await expect(cognito.send(new GetGroupCommand({ UserPoolId, GroupName: 'herd' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  await expect(
    cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId: UserPoolClient?.ClientId })),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  expect((await fetch(`${account.url}/${UserPoolId}/.well-known/jwks.json`)).status).toBe(404);
});

test('pools are listed page by page', async () => {
  const other = new CognitoIdentityProviderClient({ ...account.client, region: 'eu-west-1' });
  for (const PoolName of ['a', 'b', 'c']) await other.send(new CreateUserPoolCommand({ PoolName }));
  const first = await other.send(new ListUserPoolsCommand({ MaxResults: 2 }));
  const second = await other.send(new ListUserPoolsCommand({ MaxResults: 2, NextToken: first.NextToken }));
  const names = [...(first.UserPools ?? []), ...(second.UserPools ?? [])].map(({ Name }) => Name);
  expect(first.UserPools).toHaveLength(2);
  expect(second.NextToken).toBeUndefined();
  expect(names.sort()).toEqual(['a', 'b', 'c']);
  await expect(other.send(new ListUserPoolsCommand({ MaxResults: 61 }))).rejects.toMatchObject({
    name: 'InvalidParameterException',
  });
});

test('tags', async () => {
  const { UserPool } = await cognito.send(
    new CreateUserPoolCommand({ PoolName: 'room', UserPoolTags: { a: '1', b: '2' } }),
  );
  const ResourceArn = UserPool?.Arn;
  await cognito.send(new TagResourceCommand({ ResourceArn, Tags: { b: '3', c: '4' } }));
  await cognito.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['a'] }));
  const { Tags } = await cognito.send(new ListTagsForResourceCommand({ ResourceArn }));
  expect(Tags).toEqual({ b: '3', c: '4' });
});

test('multi-factor authentication is off, and cannot be turned on', async () => {
  const UserPoolId = await makePool();
  await cognito.send(new SetUserPoolMfaConfigCommand({ UserPoolId, MfaConfiguration: 'OFF' }));
  const { MfaConfiguration } = await cognito.send(new GetUserPoolMfaConfigCommand({ UserPoolId }));
  expect(MfaConfiguration).toBe('OFF');
  await expect(
    cognito.send(new SetUserPoolMfaConfigCommand({ UserPoolId, MfaConfiguration: 'ON' })),
  ).rejects.toMatchObject({ name: 'NotImplemented' });
});
