import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  GetUserCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListAttachedUserPoliciesCommand,
  ListUsersCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { testAccount } from '../../account.ts';

const account = await testAccount();
const iam = new IAMClient(account.client);

test('a new account has an administrator', async () => {
  const { User } = await iam.send(new GetUserCommand({}));
  const identity = await new STSClient(account.client).send(new GetCallerIdentityCommand({}));
  expect(User).toMatchObject({ Arn: identity.Arn, UserId: identity.UserId });
  const { AttachedPolicies } = await iam.send(new ListAttachedUserPoliciesCommand({ UserName: User?.UserName }));
  expect(AttachedPolicies?.map(({ PolicyName }) => PolicyName)).toEqual(['AdministratorAccess']);
});

test('a user signs in with its access key, until the key is deactivated or deleted', async () => {
  const UserName = 'auditor';
  const { User } = await iam.send(new CreateUserCommand({ UserName, Path: '/office/' }));
  expect((await iam.send(new ListUsersCommand({}))).Users?.map((user) => user.UserName)).toContain(UserName);
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  const { AccessKeyId = '', SecretAccessKey = '' } = AccessKey ?? {};
  const sts = new STSClient({
    ...account.client,
    credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey },
  });
  const whoAmI = () => sts.send(new GetCallerIdentityCommand({}));
  expect(await whoAmI()).toMatchObject({ Arn: User?.Arn, UserId: User?.UserId, Account: '111122223333' });

  await iam.send(new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status: 'Inactive' }));
  await expect(whoAmI()).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
  const { AccessKeyMetadata } = await iam.send(new ListAccessKeysCommand({ UserName }));
  expect(AccessKeyMetadata).toMatchObject([{ AccessKeyId, Status: 'Inactive' }]);

  await expect(iam.send(new DeleteUserCommand({ UserName }))).rejects.toMatchObject({
    name: 'DeleteConflictException',
  });
  await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }));
  await iam.send(new DeleteUserCommand({ UserName }));
  await expect(iam.send(new GetUserCommand({ UserName }))).rejects.toMatchObject({ name: 'NoSuchEntityException' });
});
