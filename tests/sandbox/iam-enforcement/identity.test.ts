import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateRoleCommand,
  DeleteAccessKeyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  ListUsersCommand,
} from '@aws-sdk/client-iam';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { testAccount } from '../../account.ts';
import { assume, type Client, makeRole, makeUser, policy, withCredentials } from './callers.ts';

let passed = 0;

const account = await testAccount({ clock: { now: () => new Date(Date.now() + passed) } });

const calls: Readonly<Record<string, (client: Client) => Promise<unknown>>> = {
  cloudformation: (client) => new CloudFormationClient(client).send(new DescribeStacksCommand({})),
  dynamodb: (client) => new DynamoDBClient(client).send(new ListTablesCommand({})),
  iam: (client) => new IAMClient(client).send(new ListUsersCommand({})),
  lambda: (client) => new LambdaClient(client).send(new ListFunctionsCommand({})),
  s3: (client) => new S3Client({ ...client, forcePathStyle: true }).send(new ListBucketsCommand({})),
  sts: (client) => new STSClient(client).send(new GetCallerIdentityCommand({})),
};

test.each([
  ['cloudformation', 'InvalidClientTokenId', 'SignatureDoesNotMatch', 'AccessDenied', 403],
  ['dynamodb', 'UnrecognizedClientException', 'InvalidSignatureException', 'AccessDeniedException', 400],
  ['iam', 'InvalidClientTokenId', 'SignatureDoesNotMatch', 'AccessDenied', 403],
  ['lambda', 'UnrecognizedClientException', 'InvalidSignatureException', 'AccessDeniedException', 403],
  ['s3', 'InvalidAccessKeyId', 'SignatureDoesNotMatch', 'AccessDenied', 403],
])(
  '%s refuses an unknown key, a wrong secret and an unprivileged user with its own codes',
  async (service, unknown, wrong, denied, status) => {
    const call = calls[service] as (client: Client) => Promise<unknown>;
    const user = await makeUser(account, `nobody-of-${service}`);
    const { accessKeyId, secretAccessKey } = user.credentials;
    const stranger = { accessKeyId: 'AKIAAAAAAAAAAAAAAAAA', secretAccessKey };
    await expect(call({ ...user, credentials: stranger })).rejects.toMatchObject({ name: unknown });
    const forged = { accessKeyId, secretAccessKey: 'a secret that is not the one' };
    await expect(call({ ...user, credentials: forged })).rejects.toMatchObject({ name: wrong });
    await expect(call(user)).rejects.toMatchObject({
      name: denied,
      $metadata: { httpStatusCode: status },
      message: expect.stringMatching(
        /^User: arn:aws:iam::111122223333:user\/nobody-of-\w+ is not authorized to perform: \w+:\w+ on resource: \S+ because no identity-based policy allows the \w+:\w+ action$/,
      ),
    });
  },
);

test('a signature more than five minutes old, or from the future, is rejected', async () => {
  const sts = new STSClient({ ...account.client, maxAttempts: 1 });
  for (const skew of [301_000, -301_000]) {
    passed = skew;
    await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
  }
  passed = 0;
  await expect(calls.sts?.(account.client)).resolves.toMatchObject({ Account: '111122223333' });
});

test('a modified body is rejected, and so is an unsigned call', async () => {
  const changing = new STSClient(account.client);
  const { requestHandler } = changing.config;
  const handle = requestHandler.handle.bind(requestHandler);
  requestHandler.handle = (request, options) => {
    request.body = Buffer.from(request.body as Uint8Array)
      .toString()
      .replace('1', '2');
    return handle(request, options);
  };
  await expect(changing.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
    name: 'SignatureDoesNotMatch',
  });
  const unsigned = await fetch(account.url, {
    method: 'POST',
    headers: { 'x-amz-target': 'DynamoDB_20120810.ListTables', 'content-type': 'application/x-amz-json-1.0' },
    body: '{}',
  });
  expect(await unsigned.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
});

test('a user without permissions may still ask who they are', async () => {
  const user = await makeUser(account, 'lost', [{ Effect: 'Deny' }]);
  await expect(calls.sts?.(user)).resolves.toMatchObject({ Arn: 'arn:aws:iam::111122223333:user/lost' });
});

test('an access key ends with its deletion, a session with its time', async () => {
  const user = await makeUser(account, 'leaving', [{}]);
  const { Credentials } = await new STSClient(user).send(new GetSessionTokenCommand({ DurationSeconds: 900 }));
  const session = withCredentials(user, Credentials);
  await calls.dynamodb?.(session);
  const { accessKeyId: AccessKeyId } = user.credentials;
  await new IAMClient(account.client).send(new DeleteAccessKeyCommand({ UserName: 'leaving', AccessKeyId }));
  await expect(calls.dynamodb?.(user)).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
  passed = 901_000;
  await expect(calls.dynamodb?.(session)).rejects.toMatchObject({ name: 'ExpiredTokenException' });
  passed = 0;
});

test("a user's session cannot call IAM, because it has no second factor", async () => {
  const { Credentials } = await new STSClient(account.client).send(new GetSessionTokenCommand({}));
  const session = withCredentials(account.client, Credentials);
  await expect(calls.iam?.(session)).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
  await expect(new STSClient(session).send(new GetSessionTokenCommand({}))).rejects.toMatchObject({
    name: 'AccessDenied',
  });
});

test("a role's sessions end with it, even if another role takes its name", async () => {
  const RoleName = 'short-lived';
  const session = await assume(account.client, await makeRole(account, RoleName, [{}]));
  await calls.dynamodb?.(session);
  const iam = new IAMClient(account.client);
  await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'permissions' }));
  await expect(calls.dynamodb?.(session)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  await iam.send(new DeleteRoleCommand({ RoleName }));
  await expect(calls.dynamodb?.(session)).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
  const AssumeRolePolicyDocument = policy({ Action: 'sts:AssumeRole', Principal: { AWS: '111122223333' } });
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  await expect(calls.dynamodb?.(session)).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
});
