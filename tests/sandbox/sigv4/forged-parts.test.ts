import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startTestAccount, testAccount } from '../../account.ts';
import { type Answer, exchange } from './exchange.ts';
import { type Forged, type Sent, sha256, sign, stampOf } from './sign.ts';

const account = await testAccount();
const host = new URL(account.url).host;

const table = {
  service: 'dynamodb',
  headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.CreateTable' },
  body: JSON.stringify({
    TableName: 'table',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  }),
};
const whoAmI = {
  service: 'sts',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: 'Action=GetCallerIdentity&Version=2011-06-15',
};
const object = { service: 's3', method: 'GET', path: '/', headers: { 'x-amz-content-sha256': sha256('') } };

/** Signs as the administrator, changes what was signed, and sends it. */
function call(
  forged: Partial<Forged> & Pick<Forged, 'service'>,
  change = (sent: Sent): object => sent,
): Promise<Answer> {
  const sent = sign({ host, credentials: account.client.credentials, ...forged });
  return exchange(account.url, { ...sent, ...change(sent) });
}

const withAuthorization = (rewrite: (authorization: string) => string) => (sent: Sent) => ({
  headers: { ...sent.headers, authorization: rewrite(sent.headers.authorization ?? '') },
});

const noRegions = [
  ...[
    '..',
    '.',
    '...',
    '%2e%2e',
    '..%2f..',
    '..\\..',
    'con',
    'nul',
    'C:',
    'us-east-1.',
    ' ',
    '-',
    '_',
    'x'.repeat(300),
  ],
  ...['US-EAST-1', 'us-east-1:', 'us-east', 'east-1', 'aws-global', '*', 'constructor', '__proto__', 'us-east-1\t'],
];

describe('an unknown region belongs to no account', () => {
  test.each(noRegions)('%j', async (region) => {
    const before = await readdir(account.folder, { recursive: true });
    const answer = await call({ ...table, scope: { region } });
    expect(answer).toMatchObject({ status: 400, body: expect.stringMatching(/InvalidSignature|IncompleteSignature/) });
    expect(await readdir(account.folder, { recursive: true })).toEqual(before);
  });

  test('in the words of each service', async () => {
    const scope = { region: '..' };
    expect((await call({ ...table, scope })).body).toContain(
      "Credential should be scoped to a valid region, not '..'.",
    );
    expect(await call({ ...whoAmI, scope })).toMatchObject({
      status: 403,
      body: expect.stringContaining('<Code>SignatureDoesNotMatch<'),
    });
    expect(await call({ ...object, scope })).toMatchObject({
      status: 400,
      body: expect.stringContaining('<Code>AuthorizationHeaderMalformed<'),
    });
  });

  test('in a presigned address, too', async () => {
    const stamp = stampOf(new Date());
    const query = new URLSearchParams({
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': `${account.client.credentials.accessKeyId}/${stamp.slice(0, 8)}/../dynamodb/aws4_request`,
      'X-Amz-Date': stamp,
      'X-Amz-Expires': '60',
      'X-Amz-SignedHeaders': 'host',
      'X-Amz-Signature': 'a'.repeat(64),
    });
    const { headers, body } = table;
    const answer = await exchange(account.url, {
      method: 'POST',
      path: `/?${query}`,
      headers: { ...headers, host },
      body,
    });
    expect(answer.body).toContain('Credential should be scoped to a valid region');
  });

  test.each(['us-east-1', 'eu-central-2', 'us-gov-west-1', 'ap-southeast-7', 'eusc-de-east-1', 'us-isob-east-1'])(
    '%s is one',
    async (region) => {
      expect(await call({ ...whoAmI, scope: { region } })).toMatchObject({ status: 200 });
    },
  );
});

test('files that an earlier version left outside their folder do not prevent the account from starting', async () => {
  const folder = await mkdtemp(join(account.folder, 'other-'));
  await mkdir(join(folder, 'dynamodb', '111122223333'), { recursive: true });
  await writeFile(join(folder, 'dynamodb', '000003.log'), '');
  await writeFile(join(folder, 'dynamodb', '111122223333', 'CURRENT'), '');
  const other = await startTestAccount({ folder });
  await other.close();
  await rm(folder, { recursive: true });
});

describe('a credential', () => {
  test.each([
    ['too many parts', (text: string) => text.replace('Credential=', 'Credential=more/')],
    ['too many parts behind', (text: string) => text.replace('aws4_request', 'aws4_request/more')],
    ['too few parts', (text: string) => text.replace('/us-east-1', '')],
    ['an empty part', (text: string) => text.replace('us-east-1', '')],
    ['a second one before it', (text: string) => text.replace('Credential=', 'Credential=a/b/c/d/e, Credential=')],
    ['a second one behind it', (text: string) => `${text}, Credential=a/b/c/d/e`],
  ])('with %s is incomplete', async (_what, rewrite) => {
    const answer = await call(table, withAuthorization(rewrite));
    expect(answer).toMatchObject({ status: 400, body: expect.stringContaining('IncompleteSignatureException') });
  });

  test('of a day that only begins with the date is not of that day', async () => {
    const answer = await call({ ...table, scope: { day: stampOf(new Date()).slice(0, 6) } });
    expect(answer).toMatchObject({ status: 400, body: expect.stringContaining('InvalidSignatureException') });
  });
});

describe('a signature', () => {
  test.each([
    ['trailing signs', (text: string) => `${text}zz`],
    ['trailing hexadecimal', (text: string) => `${text}00`],
    ['a sign that is not hexadecimal', (text: string) => text.replace(/.$/, 'g')],
    ['upper case', (text: string) => text.replace(/[0-9a-f]{64}$/, (hex) => hex.toUpperCase())],
    ['half of it', (text: string) => text.slice(0, -32)],
  ])('with %s does not match', async (_what, rewrite) => {
    const answer = await call(table, withAuthorization(rewrite));
    expect(answer).toMatchObject({ status: 400, body: expect.stringContaining('InvalidSignatureException') });
  });

  test('covers the requested operation', async () => {
    const signed = ['host', 'x-amz-date', 'content-type'];
    const answer = await call({ ...table, signed });
    expect(answer).toMatchObject({ status: 400, body: expect.stringContaining('InvalidSignatureException') });
    expect(answer.body).toContain("'X-Amz-Target' must be a 'SignedHeader' in the AWS Authorization.");
  });

  test('is in the header or in the query, not in both', async () => {
    const path = '/?X-Amz-Algorithm=AWS4-HMAC-SHA256';
    expect(await call({ ...object, path })).toMatchObject({
      status: 400,
      body: expect.stringContaining('InvalidArgument'),
    });
    expect(await call({ ...whoAmI, path })).toMatchObject({
      status: 400,
      body: expect.stringContaining('<Code>IncompleteSignature<'),
    });
  });
});

describe('a duplicate header is a bad request:', () => {
  test.each(['Host', 'Authorization', 'X-Amz-Date', 'X-Amz-Target', 'Content-Type', 'X-Amz-Security-Token'])(
    '%s',
    async (name) => {
      const twice = ({ headers }: Sent) => {
        const value = headers[name.toLowerCase()] ?? 'a';
        const list = Object.entries({ ...headers, [name.toLowerCase()]: value }).flat();
        return { headers: [...list, name, name === 'Host' ? 'localhost' : value] };
      };
      const json = await call(table, twice);
      expect(json).toMatchObject({ status: 400, body: expect.stringContaining('"__type":"BadRequest"') });
      const s3 = await call(object, twice);
      expect(s3).toMatchObject({ status: 400, body: expect.stringContaining('BadRequest') });
    },
  );
});
