import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { testAccount } from '../../account.ts';

let passed = 0;

const account = await testAccount({ clock: { now: () => new Date(Date.now() + passed) } });
const sts = new STSClient(account.client);

async function roleTrusting(RoleName: string, statement: object): Promise<string> {
  const AssumeRolePolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', ...statement }],
  });
  await new IAMClient(account.client).send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  return `arn:aws:iam::111122223333:role/${RoleName}`;
}

function as(credentials: { AccessKeyId?: string; SecretAccessKey?: string; SessionToken?: string } | undefined) {
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = credentials ?? {};
  return new STSClient({
    ...account.client,
    credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken },
  });
}

test('a trusted caller becomes a session of the role', async () => {
  const RoleArn = await roleTrusting('guest', { Principal: { AWS: 'arn:aws:iam::111122223333:root' } });
  const { Credentials, AssumedRoleUser } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'me' }));
  const identity = await as(Credentials).send(new GetCallerIdentityCommand({}));
  expect(identity.Arn).toBe('arn:aws:sts::111122223333:assumed-role/guest/me');
  expect(identity).toMatchObject({ Arn: AssumedRoleUser?.Arn, UserId: AssumedRoleUser?.AssumedRoleId });
  expect(Math.abs(Number(Credentials?.Expiration) - Date.now() - 3_600_000)).toBeLessThan(10_000);
});

test('a role may trust another role, and then for at most an hour', async () => {
  const first = await roleTrusting('first', { Principal: { AWS: '111122223333' } });
  const RoleArn = await roleTrusting('second', { Principal: { AWS: first } });
  await expect(sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'me' }))).rejects.toMatchObject({
    name: 'AccessDenied',
    message: `User: arn:aws:iam::111122223333:user/administrator is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
  });
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: first, RoleSessionName: 'me' }));
  await as(Credentials).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'me' }));
  const long = new AssumeRoleCommand({ RoleArn, RoleSessionName: 'me', DurationSeconds: 7200 });
  await expect(as(Credentials).send(long)).rejects.toMatchObject({ name: 'ValidationError' });
});

test('an unknown role, one for a service and one for somebody else are rejected alike', async () => {
  const service = await roleTrusting('for-lambda', { Principal: { Service: 'lambda.amazonaws.com' } });
  const stranger = await roleTrusting('for-others', { Principal: { AWS: 'arn:aws:iam::444455556666:root' } });
  for (const RoleArn of ['arn:aws:iam::111122223333:role/nobody', service, stranger]) {
    const assume = new AssumeRoleCommand({ RoleArn, RoleSessionName: 'me' });
    await expect(sts.send(assume)).rejects.toMatchObject({ name: 'AccessDenied' });
  }
});

test('the external id must be the one that the role requires', async () => {
  const RoleArn = await roleTrusting('deputy', {
    Principal: { AWS: '*' },
    Condition: { StringEquals: { 'sts:ExternalId': 'unicorn' } },
  });
  const assume = (ExternalId?: string) =>
    sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'me', ExternalId }));
  await assume('unicorn');
  await expect(assume('horse')).rejects.toMatchObject({ name: 'AccessDenied' });
  await expect(assume()).rejects.toMatchObject({ name: 'AccessDenied' });
});

test.each([899, 3601])('a session of %d seconds is rejected', async (DurationSeconds) => {
  const RoleArn = await roleTrusting(`for-${DurationSeconds}`, { Principal: { AWS: '111122223333' } });
  const assume = new AssumeRoleCommand({ RoleArn, RoleSessionName: 'me', DurationSeconds });
  await expect(sts.send(assume)).rejects.toMatchObject({ name: 'ValidationError' });
});

test('a session ends when its time is over', async () => {
  const { Credentials } = await sts.send(new GetSessionTokenCommand({ DurationSeconds: 900 }));
  const client = as(Credentials);
  expect((await client.send(new GetCallerIdentityCommand({}))).Arn).toMatch(/user\/administrator$/);
  passed = 901_000;
  await expect(client.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
    name: expect.stringMatching(/^ExpiredToken/),
  });
  passed = 0;
});
