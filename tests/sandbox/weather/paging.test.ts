import { ApiGatewayV2Client, CreateRouteCommand, GetRoutesCommand, type Route } from '@aws-sdk/client-apigatewayv2';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  AdminCreateUserCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolCommand,
  ListUsersCommand,
  paginateListUsers,
} from '@aws-sdk/client-cognito-identity-provider';
import { IAMClient, PutRolePolicyCommand, paginateListRolePolicies } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWebSocketApi } from '../apigatewayv2/websocket-api.ts';
import { makeRole, policy } from '../iam-enforcement/callers.ts';
import { startWeatheredAccount, type WeatheredAccount } from './weathered-account.ts';

let account: WeatheredAccount;
const namesOf = (length: number) => Array.from({ length }, (_, index) => `name-${String(index).padStart(2, '0')}`);
const names = namesOf(12);
/** Pages of log events are larger. */
const said = namesOf(60);

beforeAll(async () => {
  account = await startWeatheredAccount(7);
});
afterAll(() => account.close());

/** Every item must come exactly once, on small pages, some of them empty. */
function expectPages(pages: ReadonlyArray<readonly string[]>, items: readonly string[] = names): void {
  expect(pages.flat().sort()).toEqual(items);
  expect(pages.length).toBeGreaterThan(3);
  expect(pages.slice(0, -1).some((page) => page.length === 0)).toBe(true);
}

test('IAM lists small and empty pages', async () => {
  await makeRole(account, 'many', []);
  const iam = new IAMClient(account.client);
  for (const PolicyName of names)
    await iam.send(new PutRolePolicyCommand({ RoleName: 'many', PolicyName, PolicyDocument: policy({}) }));
  account.pass(20);
  const pages: string[][] = [];
  for await (const page of paginateListRolePolicies({ client: iam }, { RoleName: 'many' }))
    pages.push(page.PolicyNames ?? []);
  expectPages(pages);
});

test('API Gateway lists small and empty pages', async () => {
  const client = new ApiGatewayV2Client(account.client);
  const ApiId = await createWebSocketApi(client);
  for (const RouteKey of names) await client.send(new CreateRouteCommand({ ApiId, RouteKey }));
  account.pass(20);
  const pages: string[][] = [];
  let NextToken: string | undefined;
  do {
    const page: { Items?: Route[] | undefined; NextToken?: string | undefined } = await client.send(
      new GetRoutesCommand({ ApiId, NextToken }),
    );
    pages.push((page.Items ?? []).map(({ RouteKey = '' }) => RouteKey));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  expectPages(pages);
});

test('Cognito lists small and empty pages, but finds a user at once', async () => {
  const client = new CognitoIdentityProviderClient(account.client);
  const { UserPool: { Id: UserPoolId } = {} } = await client.send(new CreateUserPoolCommand({ PoolName: 'many' }));
  for (const Username of names) await client.send(new AdminCreateUserCommand({ UserPoolId, Username }));
  const pages: string[][] = [];
  for await (const page of paginateListUsers({ client }, { UserPoolId })) {
    pages.push((page.Users ?? []).map(({ Username = '' }) => Username));
    account.pass(1);
  }
  expectPages(pages);
  for (const Username of names) {
    const { Users } = await client.send(
      new ListUsersCommand({ UserPoolId, Filter: `username = "${Username}"`, Limit: 1 }),
    );
    expect(Users).toMatchObject([{ Username }]);
    account.pass(1);
  }
});

test('log events come on small and empty pages, five to ten seconds late and in order', async () => {
  const logs = new CloudWatchLogsClient(account.client);
  const place = { logGroupName: '/room', logStreamName: 'stream' };
  await logs.send(new CreateLogGroupCommand({ logGroupName: place.logGroupName }));
  await logs.send(new CreateLogStreamCommand(place));
  const timestamp = Date.now();
  const logEvents = said.map((message, index) => ({ message, timestamp: timestamp + index }));
  await logs.send(new PutLogEventsCommand({ ...place, logEvents }));
  const read = async () => {
    const pages: string[][] = [];
    for await (const { events = [] } of paginateFilterLogEvents({ client: logs }, { logGroupName: '/room' })) {
      pages.push(events.map(({ message = '' }) => message));
      // Five calls a second are allowed.
      account.pass(0.2);
    }
    return pages;
  };
  account.pass(3);
  expect((await read()).flat()).toEqual([]);
  account.pass(4);
  const some = (await read()).flat();
  expect(some).toEqual(said.slice(0, some.length));
  account.pass(60);
  const pages = await read();
  expect(pages.flat()).toEqual(said);
  expectPages(pages, said);
});
