import {
  CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { CreateBucketCommand, CreateMultipartUploadCommand, S3Client, UploadPartCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cognito, createPool, createUser, type TestPool } from './cognito-idp/pool.ts';
import { functionsOf, makeRole } from './lambda/functions.ts';
import { longestAllowed, type MeteredAccount, startMeteredAccount } from './metered-account.ts';
import { exchange } from './sigv4/exchange.ts';
import { inChunks } from './sigv4/sign.ts';

const megabyte = 1024 * 1024;
const minutes = 120_000;
let account: MeteredAccount;

beforeAll(async () => {
  account = await startMeteredAccount();
}, minutes);
afterAll(() => account?.close());

async function expectNoStall(work: () => Promise<unknown>): Promise<void> {
  const turn = await account.longestTurnDuring(work);
  if (process.env.STALLS !== undefined) console.log(`${expect.getState().currentTestName}: ${turn.toFixed(0)} ms`);
  expect(turn).toBeLessThan(longestAllowed);
}

describe('an unsigned sign-in of a megabyte blocks nobody:', () => {
  let pool: TestPool;
  const text = 'a'.repeat(megabyte - 1000);
  const flow = (AuthFlow: string, AuthParameters: object) => ({ ClientId: pool.clientId, AuthFlow, AuthParameters });

  beforeAll(async () => {
    const idp = cognito(account);
    pool = await createPool(idp);
    await createUser(idp, pool, 'ada');
  });

  test.each<[string, string, () => object]>([
    ['a password', 'SignUp', () => ({ ClientId: pool.clientId, Username: 'x', Password: `${text} ` })],
    ['a username', 'SignUp', () => ({ ClientId: pool.clientId, Username: text, Password: 'Unicorns-2026' })],
    ['a wrong password', 'InitiateAuth', () => flow('USER_PASSWORD_AUTH', { USERNAME: 'ada', PASSWORD: text })],
    ['an SRP value', 'InitiateAuth', () => flow('USER_SRP_AUTH', { USERNAME: 'ada', SRP_A: text })],
    ['a refresh token', 'InitiateAuth', () => flow('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: text })],
    ['an access token', 'GetUser', () => ({ AccessToken: `${text.slice(0, 500_000)}.${text.slice(0, 500_000)}.a` })],
    ['a session', 'RespondToAuthChallenge', () => ({ ClientId: pool.clientId, ChallengeName: 'X', Session: text })],
    [
      'attributes',
      'SignUp',
      () => ({
        ClientId: pool.clientId,
        Username: 'y',
        Password: 'Unicorns-2026',
        UserAttributes: Array.from({ length: 25_000 }, (_, n) => ({ Name: `custom:${n}`, Value: 'a' })),
      }),
    ],
    ['lists', 'SignUp', () => ({ ClientId: Array.from({ length: 240_000 }, () => []) })],
  ])('%s', async (_what, operation, input) => {
    const body = JSON.stringify(input());
    const headers = {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
    };
    await expectNoStall(async () => {
      const answer = await exchange(account.client.endpoint, { method: 'POST', path: '/', headers, body });
      expect(answer.status).toBe(400);
    });
  });
});

describe('S3 blocks nobody', () => {
  const Bucket = 'stalls';
  let s3: S3Client;
  beforeAll(async () => {
    s3 = new S3Client({ ...account.client, forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket }));
  });

  test.each([
    ['parts that there are not', (ETag: string) => `<Part><PartNumber>1</PartNumber><ETag>${ETag}</ETag></Part>`, 400],
    ['processing instructions', () => '<?a?>', 400],
    ['character references', () => '&#97;', 400],
  ])('while it completes an upload with 2 MB of %s', async (_what, piece, status) => {
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'key' }));
    const part = { Bucket, Key: 'key', UploadId, PartNumber: 1 };
    const { ETag = '' } = await s3.send(new UploadPartCommand({ ...part, Body: Buffer.alloc(megabyte, 'a') }));
    const one = piece(ETag);
    const body = `<CompleteMultipartUpload>${one.repeat((2 * megabyte) / one.length - 50)}</CompleteMultipartUpload>`;
    await expectNoStall(async () => {
      const answer = await account.call({ service: 's3', path: `/${Bucket}/key?uploadId=${UploadId}`, body });
      expect(answer.status).toBe(status);
    });
  });

  test.each([8192, 65_536, megabyte])('while it verifies 64 MB of signed chunks of %i bytes', async (size) => {
    const payload = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD';
    const pieces = Array.from({ length: (64 * megabyte) / size }, () => 'a'.repeat(size));
    const head = account.signed({
      service: 's3',
      method: 'PUT',
      path: `/${Bucket}/chunked`,
      payload,
      headers: { 'x-amz-content-sha256': payload, 'x-amz-decoded-content-length': String(64 * megabyte) },
    });
    const body = inChunks(pieces, head);
    await expectNoStall(async () => {
      const answer = await exchange(account.client.endpoint, { ...head, body });
      expect(answer.status).toBe(200);
    });
  });
});

describe('functions and their logs block nobody', () => {
  let functions: ReturnType<typeof functionsOf>;
  beforeAll(async () => {
    functions = functionsOf(account, await makeRole(account));
  });

  test('while an event of 6 MB of small values is received and returned', async () => {
    await functions.create(
      'echo',
      { 'index.mjs': 'export const handler = async (event) => event;' },
      { Timeout: 60, MemorySize: 1024 },
    );
    const event = Array.from({ length: 1_400_000 }, () => [1]);
    await expectNoStall(async () => {
      expect((await functions.invoke('echo', event)).error).toBeUndefined();
    });
  });

  test('while a stream of 8 MB is read, in pages, by a pattern, and listed', async () => {
    await functions.create(
      'flood',
      { 'index.mjs': "export async function handler() { process.stdout.write('a\\n'.repeat(400_000)); }" },
      { Timeout: 60, MemorySize: 1024 },
    );
    await functions.invoke('flood');
    const logs = new CloudWatchLogsClient(account.client);
    const logGroupName = '/aws/lambda/flood';
    const { logStreams } = await logs.send(new DescribeLogStreamsCommand({ logGroupName }));
    const stream = { logGroupName, logStreamName: logStreams?.[0]?.logStreamName };
    await expectNoStall(async () => {
      const { nextForwardToken: nextToken, events } = await logs.send(
        new GetLogEventsCommand({ ...stream, startFromHead: true }),
      );
      expect(events).toHaveLength(10_000);
      await logs.send(new GetLogEventsCommand({ ...stream, nextToken }));
    });
    await expectNoStall(async () => {
      const { nextToken } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
      await logs.send(new FilterLogEventsCommand({ logGroupName, nextToken }));
      await logs.send(new FilterLogEventsCommand({ logGroupName, filterPattern: '?b ?c ?d' }));
    });
  }, 120_000);
});

describe('IAM and CloudFormation block nobody', () => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const form = (Version: string, members: Readonly<Record<string, string>>) =>
    new URLSearchParams({ Version, ...members }).toString();
  const list = (length: number, name: string, value: (index: number) => string) =>
    Object.fromEntries(Array.from({ length }, (_, index) => [`${name}.member.${index + 1}`, value(index)]));
  const statements = (length: number) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: Array.from({ length }, (_, n) => ({ Effect: 'Allow', Action: `s3:*${n}*a*b`, Resource: '*' })),
    });
  const template = (Resources: object) => JSON.stringify({ Resources });
  const parameter = (Value: unknown) => ({ Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value } });

  test.each<[string, string, Readonly<Record<string, string>>]>([
    [
      'a simulation of 3,000 actions',
      'SimulateCustomPolicy',
      { 'PolicyInputList.member.1': statements(1000), ...list(3000, 'ActionNames', (n) => `s3:GetObject${n}`) },
    ],
    [
      'a simulation with 500 resources',
      'SimulateCustomPolicy',
      {
        'PolicyInputList.member.1': statements(1000),
        ...list(5, 'ActionNames', (n) => `s3:GetObject${n}`),
        ...list(500, 'ResourceArns', (n) => `arn:aws:s3:::${'a'.repeat(100)}${n}`),
      },
    ],
    ['a policy of 6,000 statements', 'CreatePolicy', { PolicyName: 'p', PolicyDocument: statements(6000) }],
    ['a policy of lists', 'CreatePolicy', { PolicyName: 'p', PolicyDocument: `[${'[],'.repeat(110_000)}[]]` }],
  ])('with %s', async (_what, Action, members) => {
    const body = form('2010-05-08', { Action, ...members });
    await expectNoStall(() => account.call({ service: 'iam', headers, body }));
  });

  test.each<[string, string]>([
    [
      '6,000 resources',
      template(Object.fromEntries(Array.from({ length: 6_000 }, (_, n) => [`R${n}`, parameter('a')]))),
    ],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own syntax
    ['a text of 30,000 variables', template({ A: parameter({ 'Fn::Sub': '${AWS::Region}'.repeat(30_000) }) })],
  ])('with a template of %s', async (_what, TemplateBody) => {
    const body = form('2010-05-15', { Action: 'CreateStack', StackName: 'stalls', TemplateBody });
    await expectNoStall(async () => {
      expect((await account.call({ service: 'cloudformation', headers, body })).body).toMatch(/51200|greater than/);
    });
  });
});
