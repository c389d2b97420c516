import { ApiGatewayV2Client, GetApisCommand } from '@aws-sdk/client-apigatewayv2';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import {
  CreateMultipartUploadCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListBucketsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import { testAccount } from '../../account.ts';
import { sign } from './sign.ts';

const account = await testAccount();

type Signed = { headers: Record<string, string> };

/** Clients whose requests have no signature, or one with everything missing. */
function asked(authorization?: string) {
  const signer = {
    sign: async (request: unknown) => {
      if (authorization !== undefined) (request as Signed).headers.authorization = authorization;
      return request as never;
    },
  };
  const client = { ...account.client, signer };
  return {
    sts: () => new STSClient(client).send(new GetCallerIdentityCommand({})),
    iam: () => new IAMClient(client).send(new ListRolesCommand({})),
    cloudformation: () => new CloudFormationClient(client).send(new DescribeStacksCommand({})),
    dynamodb: () => new DynamoDBClient(client).send(new ListTablesCommand({})),
    lambda: () => new LambdaClient(client).send(new ListFunctionsCommand({})),
    apigateway: () => new ApiGatewayV2Client(client).send(new GetApisCommand({})),
    's3, a list': () => new S3Client({ ...client, forcePathStyle: true }).send(new ListBucketsCommand({})),
    's3, an object': () =>
      new S3Client({ ...client, forcePathStyle: true }).send(new GetObjectCommand({ Bucket: 'bucket', Key: 'a/b' })),
    's3, to delete several': () =>
      new S3Client({ ...client, forcePathStyle: true }).send(
        new DeleteObjectsCommand({ Bucket: 'bucket', Delete: { Objects: [{ Key: 'a' }] } }),
      ),
    's3, a large object': () =>
      new S3Client({ ...client, forcePathStyle: true }).send(
        new CreateMultipartUploadCommand({ Bucket: 'bucket', Key: 'a/b' }),
      ),
  };
}

describe("an unsigned request gets the service's own error", () => {
  test.each([
    ['sts', 'MissingAuthenticationToken'],
    ['iam', 'MissingAuthenticationToken'],
    ['cloudformation', 'MissingAuthenticationToken'],
    ['dynamodb', 'MissingAuthenticationTokenException'],
    ['lambda', 'MissingAuthenticationTokenException'],
    ['apigateway', 'MissingAuthenticationTokenException'],
    ['s3, a list', 'AccessDenied'],
    ['s3, an object', 'AccessDenied'],
    ['s3, to delete several', 'AccessDenied'],
    ['s3, a large object', 'AccessDenied'],
  ] as const)('%s', async (service, name) => {
    await expect(asked()[service]()).rejects.toMatchObject({ name });
  });
});

describe('and so does one whose signature is empty', () => {
  test.each([
    ['sts', 'IncompleteSignature'],
    ['lambda', 'IncompleteSignatureException'],
    ['s3, a list', 'AuthorizationHeaderMalformed'],
  ] as const)('%s', async (service, name) => {
    await expect(asked('AWS4-HMAC-SHA256 Credential=x')[service]()).rejects.toMatchObject({ name });
  });
});

describe('and so does a presigned address with a missing part', () => {
  const whole = {
    'X-Amz-Credential': 'AKIAX/20261126/us-east-1/SERVICE/aws4_request',
    'X-Amz-Signature': 'a'.repeat(64),
    'X-Amz-SignedHeaders': 'host',
    'X-Amz-Date': '20261126T000000Z',
  };
  const table = { method: 'POST', headers: { 'x-amz-target': 'DynamoDB_20120810.ListTables' }, body: '{}' };
  describe.each([
    ['sts', '/?Action=GetCallerIdentity&Version=2011-06-15&', {}, 'IncompleteSignature'],
    ['iam', '/?Action=ListRoles&Version=2010-05-08&', {}, 'IncompleteSignature'],
    ['dynamodb', '/?', table, 'IncompleteSignatureException'],
    ['lambda', '/2015-03-31/functions/?', {}, 'IncompleteSignatureException'],
    ['s3', '/bucket/key?', {}, 'AuthorizationQueryParametersError'],
  ] as const)('%s', (service, path, init, code) => {
    const refused = async (parts: Readonly<Record<string, string>>): Promise<string> => {
      const query = new URLSearchParams({ 'X-Amz-Algorithm': 'AWS4-HMAC-SHA256', 'X-Amz-Expires': '60', ...parts });
      const answer = await fetch(`${account.url}${path}${query.toString().replace('SERVICE', service)}`, init);
      const body = `${answer.headers.get('x-amzn-errortype') ?? ''} ${await answer.text()}`;
      expect(answer.status, body).toBe(400);
      expect(body).toMatch(new RegExp(`\\b${code}\\b`));
      return body.replaceAll('&apos;', "'");
    };
    test.each(Object.keys(whole))('%s', async (lacking) => {
      const body = await refused(Object.fromEntries(Object.entries(whole).filter(([name]) => name !== lacking)));
      const lack = `must include '${lacking}'. Re-examine the query-string parameters.`;
      expect(body).toContain(service === 's3' ? 'version 4 requires the X-Amz-Algorithm, ' : lack);
    });
    test('half of a credential', async () => {
      const body = await refused({ ...whole, 'X-Amz-Credential': 'AKIAX' });
      expect(body).toContain(service === 's3' ? 'X-Amz-Credential' : "keyid/date/region/service/term, got 'AKIAX'");
    });
  });
});

test("S3's older signature is rejected with the name of the newer one", async () => {
  const presigned = `${account.url}/bucket/key?AWSAccessKeyId=AKIA&Signature=c2ln&Expires=2000000000`;
  const inHeader = { headers: { authorization: 'AWS AKIA:c2ln', date: new Date().toUTCString() } };
  for (const answer of [await fetch(presigned), await fetch(`${account.url}/bucket/key`, inHeader)]) {
    const body = await answer.text();
    expect(answer.status, body).toBe(400);
    expect(body).toContain('<Code>InvalidRequest</Code>');
    expect(body).toContain('Please use AWS4-HMAC-SHA256.');
  }
});

test('an unknown service is reported', async () => {
  const answer = await fetch(`${account.url}/favicon.ico`);
  expect(answer.status).toBe(501);
  expect(await answer.json()).toMatchObject({ message: "The practice account doesn't support GET /favicon.ico." });
});

test('a modified body is rejected for its signature before it is read', async () => {
  const tables = {
    service: 'dynamodb',
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.ListTables' },
    body: '{"Limit":1}',
  };
  const host = new URL(account.url).host;
  const { method, path, headers } = sign({ host, credentials: account.client.credentials, ...tables });
  const answer = await fetch(new URL(path, account.url), { method, headers, body: '{"Limit":1}}' });
  expect(await answer.json()).toMatchObject({ __type: 'InvalidSignatureException' });
});

test('a wrong clock is reported with the direction', async () => {
  const at = (minutes: number) => {
    const client = new STSClient({ ...account.client, systemClockOffset: minutes * 60_000, maxAttempts: 1 });
    return client.send(new GetCallerIdentityCommand({}));
  };
  await expect(at(-6)).rejects.toMatchObject({
    name: 'SignatureDoesNotMatch',
    message: expect.stringMatching(
      /^Signature expired: (\d{8}T\d{6}Z) is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 5 min\.\)$/,
    ),
  });
  await expect(at(6)).rejects.toMatchObject({
    name: 'SignatureDoesNotMatch',
    message: expect.stringMatching(
      /^Signature not yet current: (\d{8}T\d{6}Z) is still later than \d{8}T\d{6}Z \(\d{8}T\d{6}Z \+ 5 min\.\)$/,
    ),
  });
});
