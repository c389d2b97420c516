import {
  CreateRoleCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  GetRoleCommand,
  GetUserCommand,
  IAMClient,
  ListAccessKeysCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { AddPermissionCommand, GetPolicyCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { type TestAccount, testAccount } from '../../account.ts';
import { arnOfUser, makeUser, policy } from '../iam-enforcement/callers.ts';
import { functionsOf, makeRole } from '../lambda/functions.ts';

const account = await testAccount();
const iam = new IAMClient(account.client);

async function deleteUser(UserName: string): Promise<void> {
  const { AccessKeyMetadata = [] } = await iam.send(new ListAccessKeysCommand({ UserName }));
  for (const { AccessKeyId } of AccessKeyMetadata) {
    await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }));
  }
  await iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName: 'permissions' })).catch(() => {});
  await iam.send(new DeleteUserCommand({ UserName }));
}

const idOf = async (UserName: string) => (await iam.send(new GetUserCommand({ UserName }))).User?.UserId;

test('trust in a deleted user does not pass to a new user with the same name', async () => {
  const RoleName = 'trusting';
  const RoleArn = `arn:aws:iam::111122223333:role/${RoleName}`;
  const assume = (client: TestAccount['client']) =>
    new STSClient(client).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'me' }));
  const trusted = async () => {
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    return JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).Statement[0].Principal.AWS;
  };
  const first = await makeUser(account, 'ada');
  await makeUser(account, 'grace');
  const trust = policy({
    Action: 'sts:AssumeRole',
    Principal: { AWS: [arnOfUser('ada'), arnOfUser('grace')] },
  });
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
  await assume(first);
  const id = await idOf('ada');
  await deleteUser('ada');
  expect(await trusted()).toEqual([id, arnOfUser('grace')]);

  const second = await makeUser(account, 'ada');
  await expect(assume(second)).rejects.toThrow('is not authorized to perform: sts:AssumeRole');
  expect(await trusted()).toEqual([id, arnOfUser('grace')]);
  await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trust }));
  await assume(second);
  expect(await trusted()).toEqual([arnOfUser('ada'), arnOfUser('grace')]);
});

test("a function's policy does not pass to a new user with the same name", async () => {
  const functions = functionsOf(account, await makeRole(account));
  const FunctionName = 'invited';
  await functions.create(FunctionName, { 'index.js': 'exports.handler = async () => 1' });
  const lambda = new LambdaClient(account.client);
  const permit = (StatementId: string, Principal: string) =>
    lambda.send(new AddPermissionCommand({ FunctionName, StatementId, Action: 'lambda:InvokeFunction', Principal }));
  const principals = async () => {
    const { Policy = '' } = await lambda.send(new GetPolicyCommand({ FunctionName }));
    return JSON.parse(Policy).Statement.map(({ Principal }: { Principal: { AWS: string } }) => Principal.AWS);
  };
  const invoke = (client: TestAccount['client']) => new LambdaClient(client).send(new InvokeCommand({ FunctionName }));
  const first = await makeUser(account, 'joan');
  await permit('first', arnOfUser('joan'));
  await invoke(first);
  const id = await idOf('joan');
  await deleteUser('joan');
  const second = await makeUser(account, 'joan');
  await expect(invoke(second)).rejects.toThrow('is not authorized to perform: lambda:InvokeFunction');
  expect(await principals()).toEqual([id]);
  await iam.send(new CreateUserCommand({ UserName: 'kay' }));
  await permit('second', arnOfUser('kay'));
  expect(await principals()).toEqual([id, arnOfUser('kay')]);
  await expect(invoke(second)).rejects.toThrow('is not authorized');
  await permit('third', arnOfUser('joan'));
  await invoke(second);
});
