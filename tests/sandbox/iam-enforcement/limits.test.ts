import { CreateTableCommand, DynamoDBClient, ListTablesCommand, TagResourceCommand } from '@aws-sdk/client-dynamodb';
import {
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  DetachUserPolicyCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { startTestAccount, testAccount } from '../../account.ts';
import { arnOfUser, assume, type Client, makeRole, makeUser, permit, policy } from './callers.ts';

const account = await testAccount();

const read = (client: Client, Name = 'p') => new SSMClient(client).send(new GetParameterCommand({ Name }));
const write = (client: Client, Name = 'p') =>
  new SSMClient(client).send(new PutParameterCommand({ Name, Value: 'x', Type: 'String', Overwrite: true }));
const denied = { name: 'AccessDeniedException' };

async function managed(PolicyName: string, document: string): Promise<string> {
  const made = await new IAMClient(account.client).send(
    new CreatePolicyCommand({ PolicyName, PolicyDocument: document }),
  );
  return made.Policy?.Arn ?? '';
}

test('an explicit deny outweighs every allow, and says where it is', async () => {
  await write(account.client);
  const user = await makeUser(account, 'denied', [{}, { Effect: 'Deny', Action: 'ssm:Get*' }]);
  await write(user);
  await expect(read(user)).rejects.toMatchObject({
    ...denied,
    message: `User: ${arnOfUser('denied')} is not authorized to perform: ssm:GetParameter on resource: arn:aws:ssm:us-east-1:111122223333:parameter/p with an explicit deny in an identity-based policy`,
  });
});

test('a permissions boundary limits and grants nothing', async () => {
  const PermissionsBoundary = await managed('readers', policy({ Action: 'ssm:Get*' }));
  const user = await makeUser(account, 'bounded', [], { PermissionsBoundary });
  await expect(read(user)).rejects.toMatchObject(denied);
  await permit(account, 'bounded', { Action: 'ssm:*' });
  await read(user);
  await expect(write(user)).rejects.toMatchObject({
    ...denied,
    message: expect.stringMatching(/because no permissions boundary allows the ssm:PutParameter action$/),
  });
});

test('a session policy limits that session and no other, inline or by ARN', async () => {
  const role = await makeRole(account, 'writer', [{ Action: 'ssm:*' }]);
  await write(await assume(account.client, role));
  const readers = await managed('session-readers', policy({ Action: 'ssm:Get*' }));
  const sessions = [
    await assume(account.client, role, { Policy: policy({ Action: ['ssm:Get*', 'dynamodb:*'] }) }),
    await assume(account.client, role, { PolicyArns: [{ arn: readers }] }),
  ];
  for (const session of sessions) {
    await read(session);
    await expect(write(session)).rejects.toMatchObject({
      ...denied,
      message: expect.stringMatching(/because no session policy allows the ssm:PutParameter action$/),
    });
    await expect(new DynamoDBClient(session).send(new ListTablesCommand({}))).rejects.toMatchObject(denied);
  }
});

test('attaching, detaching, creating and changing policies takes effect with the next call', async () => {
  const iam = new IAMClient(account.client);
  const user = await makeUser(account, 'changing');
  const PolicyArn = await managed('changing', policy({ Action: 'ssm:GetParameter' }));
  await expect(read(user)).rejects.toMatchObject(denied);
  await iam.send(new AttachUserPolicyCommand({ UserName: 'changing', PolicyArn }));
  await read(user);
  const PolicyDocument = policy({ Action: 'ssm:PutParameter' });
  await iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true }));
  await write(user);
  await expect(read(user)).rejects.toMatchObject(denied);
  await iam.send(new DetachUserPolicyCommand({ UserName: 'changing', PolicyArn }));
  await expect(write(user)).rejects.toMatchObject(denied);
});

test('the administrator is a user like any other', async () => {
  const own = await startTestAccount();
  const detach = new DetachUserPolicyCommand({
    UserName: 'administrator',
    PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
  });
  await new IAMClient(own.client).send(detach);
  await expect(new IAMClient(own.client).send(detach)).rejects.toMatchObject({ name: 'AccessDenied' });
  await own.close();
});

test.each<[string, object]>([
  ['the region', { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } }],
  ['the address', { IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } }],
  ['the time', { DateGreaterThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } }],
  ['the user', { StringEquals: { 'aws:username': 'conditional' } }],
  ['the account', { StringEquals: { 'aws:PrincipalAccount': '111122223333', 'aws:ResourceAccount': '111122223333' } }],
  ['the principal', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/cond*' } }],
  ['the kind of principal', { StringEquals: { 'aws:PrincipalType': 'User' } }],
  ['a tag of the principal', { StringEquals: { 'aws:PrincipalTag/team': 'unicorns' } }],
  ['encryption', { Bool: { 'aws:SecureTransport': 'true' } }],
  ['services', { Bool: { 'aws:ViaAWSService': 'false' } }],
  ['long-term keys', { Null: { 'aws:TokenIssueTime': 'true' } }],
])('a condition on %s holds', async (_about, Condition) => {
  const user = await conditional();
  await permit(account, 'conditional', { Action: 'ssm:GetParameter', Condition });
  await read(user);
  await permit(account, 'conditional', {}, { Effect: 'Deny', Condition });
  await expect(read(user)).rejects.toMatchObject(denied);
});

let once: Promise<Client> | undefined;
function conditional(): Promise<Client> {
  once ??= makeUser(account, 'conditional', [], { Tags: [{ Key: 'team', Value: 'unicorns' }] });
  return once;
}

test('variables stand for the caller', async () => {
  await write(account.client, '/home/ida/p');
  await write(account.client, '/home/bob/p');
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
  const Resource = 'arn:aws:ssm:*:*:parameter/home/${aws:username}/*';
  const user = await makeUser(account, 'ida', [{ Action: 'ssm:GetParameter', Resource }]);
  await read(user, '/home/ida/p');
  await expect(read(user, '/home/bob/p')).rejects.toMatchObject(denied);
});

test('tags of the request and of the resource can be required', async () => {
  const table = (TableName: string, team: string) =>
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      Tags: [{ Key: 'team', Value: team }],
    });
  const user = await makeUser(account, 'tagger', [
    {
      Action: ['dynamodb:CreateTable', 'dynamodb:TagResource'],
      Condition: { StringEquals: { 'aws:RequestTag/team': 'a' } },
    },
    { Action: 'dynamodb:TagResource', Condition: { StringEquals: { 'aws:ResourceTag/team': 'a' } } },
  ]);
  const dynamodb = new DynamoDBClient(user);
  await dynamodb.send(table('of-a', 'a'));
  await expect(dynamodb.send(table('of-b', 'b'))).rejects.toMatchObject(denied);
  await new DynamoDBClient(account.client).send(table('of-b', 'b'));
  const tag = (name: string) =>
    new TagResourceCommand({
      ResourceArn: `arn:aws:dynamodb:us-east-1:111122223333:table/${name}`,
      Tags: [{ Key: 'x', Value: 'y' }],
    });
  await dynamodb.send(tag('of-a'));
  await expect(dynamodb.send(tag('of-b'))).rejects.toMatchObject(denied);
});

test('a role can be passed to a service only by those with iam:PassRole', async () => {
  const Role = await makeRole(account, 'for-lambda', [], { trust: { Principal: { Service: 'lambda.amazonaws.com' } } });
  const create = new CreateFunctionCommand({
    FunctionName: 'passed',
    Role,
    Runtime: 'nodejs20.x',
    Handler: 'index.handler',
    Code: { ZipFile: zipSync({ 'index.js': strToU8('exports.handler = () => {};') }) },
  });
  const user = await makeUser(account, 'passing', [{ Action: 'lambda:*' }]);
  await expect(new LambdaClient(user).send(create)).rejects.toMatchObject({
    ...denied,
    message: expect.stringContaining(`is not authorized to perform: iam:PassRole on resource: ${Role} because`),
  });
  const pass = (service: string) => ({
    Action: 'iam:PassRole',
    Resource: Role,
    Condition: { StringEquals: { 'iam:PassedToService': service } },
  });
  await permit(account, 'passing', { Action: 'lambda:*' }, pass('ec2.amazonaws.com'));
  await expect(new LambdaClient(user).send(create)).rejects.toMatchObject(denied);
  await permit(account, 'passing', { Action: 'lambda:*' }, pass('lambda.amazonaws.com'));
  await new LambdaClient(user).send(create);
});

test('attaching can be limited to some policies', async () => {
  await makeRole(account, 'growing', []);
  const arn = (name: string) => `arn:aws:iam::aws:policy/${name}`;
  const user = await makeUser(account, 'attaching', [
    { Action: 'iam:AttachRolePolicy', Condition: { ArnEquals: { 'iam:PolicyARN': arn('AmazonSSMReadOnlyAccess') } } },
  ]);
  const attach = (name: string) => new AttachRolePolicyCommand({ RoleName: 'growing', PolicyArn: arn(name) });
  await new IAMClient(user).send(attach('AmazonSSMReadOnlyAccess'));
  await expect(new IAMClient(user).send(attach('AdministratorAccess'))).rejects.toMatchObject({ name: 'AccessDenied' });
});
