import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IAMClient, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { AddPermissionCommand, InvokeCommand, LambdaClient, RemovePermissionCommand } from '@aws-sdk/client-lambda';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessKeys, users } from '../../../sandbox/services/iam/records.ts';
import { Store } from '../../../sandbox/state/store.ts';
import { startTestAccount, type TestAccount } from '../../account.ts';
import { functionsOf, makeRole as makeFunctionRole } from '../lambda/functions.ts';
import { arnOfUser, assume, type Client, makeRole, makeUser, permit, policy } from './callers.ts';

const other = '444455556666';
const otherUser = `arn:aws:iam::${other}:user/neighbour`;
let folder: string;
let account: TestAccount;
/** From another account, with every permission there. */
let neighbour: Client;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
  await (await startTestAccount({ folder })).close();
  await settle(folder);
  account = await startTestAccount({ folder });
  neighbour = { ...account.client, credentials: { accessKeyId: 'AKIANEIGHBOUR0000000', secretAccessKey: 'secret' } };
});
afterAll(async () => {
  await account.close();
  await rm(folder, { recursive: true, force: true });
});

/** No operation creates an account, so the neighbor is written directly into the state. */
async function settle(folder: string): Promise<void> {
  const store = await Store.open(join(folder, 'state'));
  const CreateDate = new Date().toISOString();
  const user = {
    UserName: 'neighbour',
    UserId: 'AIDANEIGHBOUR00000000',
    Arn: otherUser,
    Path: '/',
    CreateDate,
    Tags: [],
    inline: { all: policy({}) },
    attached: [],
  };
  const key = { AccessKeyId: 'AKIANEIGHBOUR0000000', SecretAccessKey: 'secret', UserName: 'neighbour' };
  await store.commit([
    users.put(`${other}/global`, 'neighbour', user),
    accessKeys.put(`${other}/global`, key.AccessKeyId, { ...key, Status: 'Active', CreateDate }),
  ]);
  await store.close();
}

test("a function's policy is enough for callers in the account, and callers from another one also need their own policy", async () => {
  const role = await makeFunctionRole(account);
  const functions = functionsOf(account, role);
  const FunctionName = 'shared';
  await functions.create(FunctionName, { 'index.js': 'exports.handler = async () => "hello";' });
  const FunctionArn = `arn:aws:lambda:us-east-1:111122223333:function:${FunctionName}`;
  const user = await makeUser(account, 'invoking');
  const invoke = async (client: Client) => {
    const { Payload } = await new LambdaClient(client).send(new InvokeCommand({ FunctionName: FunctionArn }));
    return Payload?.transformToString();
  };
  const lambda = new LambdaClient(account.client);
  const permission = (StatementId: string, Principal: string) =>
    lambda.send(new AddPermissionCommand({ FunctionName, StatementId, Action: 'lambda:InvokeFunction', Principal }));
  const denied = { name: 'AccessDeniedException' };
  await expect(invoke(user)).rejects.toMatchObject({
    ...denied,
    message: `User: ${arnOfUser('invoking')} is not authorized to perform: lambda:InvokeFunction on resource: ${FunctionArn} because no identity-based policy allows the lambda:InvokeFunction action`,
  });
  await permission('account', '111122223333');
  await expect(invoke(user)).rejects.toMatchObject(denied);
  await permission('user', arnOfUser('invoking'));
  expect(await invoke(user)).toBe('"hello"');
  await permit(account, 'invoking', { Effect: 'Deny', Action: 'lambda:*' });
  await expect(invoke(user)).rejects.toMatchObject(denied);

  await expect(invoke(neighbour)).rejects.toMatchObject({
    ...denied,
    message: expect.stringMatching(/because no resource-based policy allows the lambda:InvokeFunction action$/),
  });
  await permission('neighbour', other);
  expect(await invoke(neighbour)).toBe('"hello"');
  await lambda.send(new RemovePermissionCommand({ FunctionName, StatementId: 'neighbour' }));
  await expect(invoke(neighbour)).rejects.toMatchObject(denied);
});

test('a role is assumed across accounts as its trust policy says', async () => {
  const RoleArn = await makeRole(account, 'visited', [], { trust: { Principal: { AWS: otherUser } } });
  const session = await assume(neighbour, RoleArn);
  const identity = await new STSClient(session).send(new GetCallerIdentityCommand({}));
  expect(identity).toMatchObject({
    Account: '111122223333',
    Arn: 'arn:aws:sts::111122223333:assumed-role/visited/session',
  });
  await expect(assume(account.client, RoleArn)).rejects.toMatchObject({ name: 'AccessDenied' });
  await trust('visited', { Principal: { AWS: '111122223333' } });
  await expect(assume(neighbour, RoleArn)).rejects.toMatchObject({
    name: 'AccessDenied',
    message: `User: ${otherUser} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
  });
});

async function trust(RoleName: string, statement: object): Promise<void> {
  const PolicyDocument = policy({ Action: 'sts:AssumeRole', ...statement });
  await new IAMClient(account.client).send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
}

test.each<[string, object, boolean]>([
  ['the name of the session', { StringLike: { 'sts:RoleSessionName': 'sess*' } }, true],
  ['another name of the session', { StringEquals: { 'sts:RoleSessionName': 'ida' } }, false],
  ['the caller', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/administrator' } }, true],
  ['another caller', { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/administrator' } }, false],
  ['a second factor', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }, false],
  ['the address', { IpAddress: { 'aws:SourceIp': '127.0.0.1/32' } }, true],
])('a trust policy can require %s', async (_about, Condition, allowed) => {
  const RoleArn = 'arn:aws:iam::111122223333:role/conditional';
  await makeRole(account, 'conditional', []).catch(() => {});
  await trust('conditional', { Principal: { AWS: '111122223333' }, Condition });
  const assumed = assume(account.client, RoleArn);
  if (allowed) await assumed;
  else await expect(assumed).rejects.toMatchObject({ name: 'AccessDenied' });
});

test('a user named in the trust policy needs no permission, a user of a named account does', async () => {
  const user = await makeUser(account, 'assuming');
  const named = await makeRole(account, 'naming', [], { trust: { Principal: { AWS: arnOfUser('assuming') } } });
  const open = await makeRole(account, 'open', []);
  await assume(user, named);
  await expect(assume(user, open)).rejects.toMatchObject({ name: 'AccessDenied' });
  await permit(account, 'assuming', { Action: 'sts:AssumeRole', Resource: open });
  await assume(user, open);
});
