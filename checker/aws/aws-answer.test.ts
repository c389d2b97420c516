import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetApiCommand, GetRoutesCommand } from '@aws-sdk/client-apigatewayv2';
import { DescribeStacksCommand, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { GetRoleCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { statements } from '../checking/permissions.ts';
import { createClients } from './clients.ts';
import { requiredMembers } from './required-members.ts';
import type { Clients } from './target.ts';

interface Said {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

let said: Said;
let server: Server;
let clients: Clients;
let close: () => void;
let id = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(said.status, said.headers).end(said.body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  ({ clients, close } = createClients({
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: 'a', secretAccessKey: 's' },
    maxAttempts: 1,
  }));
});
afterAll(() => {
  close();
  server.close();
});

const calls: Readonly<Record<string, () => Promise<unknown>>> = {
  GetApi: async () => (await clients.apigateway()).send(new GetApiCommand({ ApiId: 'abc' })),
  GetRoutes: async () => (await clients.apigateway()).send(new GetRoutesCommand({ ApiId: 'abc' })),
  DescribeStacks: async () =>
    (await clients.cloudformation()).send(new DescribeStacksCommand({ StackName: 'chat-01' })),
  ListStackResources: async () =>
    (await clients.cloudformation()).send(new ListStackResourcesCommand({ StackName: 'chat-01' })),
  GetRole: async () => (await clients.iam()).send(new GetRoleCommand({ RoleName: 'r' })),
  FilterLogEvents: async () => (await clients.logs()).send(new FilterLogEventsCommand({ logGroupName: 'g' })),
  Scan: async () => (await clients.dynamodb()).send(new ScanCommand({ TableName: 't' })),
};

/** Bodies that AWS doesn't send for these calls, or that belong to other calls. */
const bodies = {
  nothing: '',
  'an empty object': '{}',
  null: 'null',
  'a list': '[]',
  garbage: '\u0000\u0001',
  'other JSON': '{"ok":true,"items":[{"name":"x"}]}',
  'other XML': '<?xml version="1.0"?><rss><channel/></rss>',
  'an answer of GetStages': '{"items":[{"stageName":"prod"}]}',
  'another API': '{"apiId":"xyz","apiEndpoint":"wss://xyz","name":"x"}',
  'an answer of ListUsers':
    '<ListUsersResponse><ListUsersResult><Users/></ListUsersResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></ListUsersResponse>',
  'no stacks':
    '<DescribeStacksResponse><DescribeStacksResult><Stacks/></DescribeStacksResult></DescribeStacksResponse>',
};

describe.each(Object.keys(calls))('%s', (call) => {
  const cases = Object.entries(bodies).flatMap(([what, body]) =>
    [200, 204].flatMap((status) => [true, false].map((withId) => [what, status, withId, body] as const)),
  );
  it.each(cases)(
    'does not accept %s with status %s as an answer from AWS, request id: %s',
    async (_, status, withId, body) => {
      id += 1;
      said = { status, body, headers: withId ? { 'x-amzn-requestid': String(id) } : {} };
      await expect(calls[call]?.()).rejects.toMatchObject({ name: 'NotFromAwsError', $operation: call });
    },
  );
});

it.each([400, 401, 403, 404, 407])(
  'does not accept a %s without a request id as an answer from AWS',
  async (status) => {
    said = { status, body: '{"message":"Not Found"}', headers: { 'x-amzn-errortype': 'NotFoundException' } };
    await expect(calls.GetApi?.()).rejects.toMatchObject({ name: 'NotFromAwsError' });
  },
);

it('does not accept a repeated answer', async () => {
  const headers = { 'x-amzn-requestid': 'the same' };
  said = { status: 200, headers, body: '{"items":[]}' };
  expect(await calls.GetRoutes?.()).toMatchObject({ Items: [] });
  await expect(calls.GetRoutes?.()).rejects.toMatchObject({ name: 'NotFromAwsError' });
});

it("leaves AWS's own errors as they are", async () => {
  const headers = { 'x-amzn-requestid': 'e', 'x-amzn-errortype': 'NotFoundException' };
  said = { status: 404, headers, body: '{"message":"Invalid API identifier"}' };
  await expect(calls.GetApi?.()).rejects.toMatchObject({ name: 'NotFoundException', $operation: 'GetApi' });
});

it("knows what the answer to each of a check's calls must contain", () => {
  /** Nobody reads these answers. */
  const silent = [
    'UpdateItem',
    'AdminSetUserPassword',
    'AdminAddUserToGroup',
    'AdminDeleteUser',
    'DeleteGroup',
    'DeleteUserPoolClient',
    'DeleteUserPool',
  ];
  const called = statements.flatMap((statement) => Object.values(statement.calls).flat());
  const missing = called.filter((call) => requiredMembers[call] === undefined && !silent.includes(call));
  expect(missing).toEqual([]);
});
