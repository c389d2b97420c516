import { request } from 'node:http';
import { connect as connectTcp } from 'node:net';
import { CreateStageCommand, UpdateIntegrationCommand } from '@aws-sdk/client-apigatewayv2';
import { AddPermissionCommand, LambdaClient, RemovePermissionCommand } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { connect, refusalOf, statusOf } from './client.ts';
import { allow, createRole, deployApi, telling, testApi } from './deployed-api.ts';

const { account, api } = await testApi();

it('passes parameters and headers to functions, whatever their names', async () => {
  const guest = await connect(`${api.url}?constructor=1&__proto__=2&toString=3`, {
    headers: { constructor: 'a', __proto__of: 'b', hasOwnProperty: 'c' },
  });
  await guest.leave();
  const [event] = await api.events(({ queryStringParameters }) => {
    return Object.hasOwn((queryStringParameters as object | undefined) ?? {}, 'constructor');
  });
  expect(event?.queryStringParameters).toMatchObject({ constructor: '1', toString: '3' });
  expect(event?.headers).toMatchObject({ constructor: 'a', hasOwnProperty: 'c' });
});

describe('what $connect answers', () => {
  it.each([200, 201])('connects for %i', async (statusCode) => {
    expect(await statusOf(telling(api.url, { answer: { statusCode } }))).toBe(101);
  });

  it.each([301, 401, 403, 501])('ends the handshake with %i', async (statusCode) => {
    expect(await statusOf(telling(api.url, { answer: { statusCode } }))).toBe(statusCode);
  });

  it.each([
    ['an error', { throws: 'no' }],
    ['nothing', { nothing: true }],
    ['no status code', { answer: { body: 'hello' } }],
  ])('makes the handshake end in 502 for %s', async (_name, told) => {
    expect(await statusOf(telling(api.url, told))).toBe(502);
  });

  it('selects the subprotocol, and selects none without it', async () => {
    const answer = { statusCode: 200, headers: { 'Sec-WebSocket-Protocol': 'b' } };
    const guest = await connect(telling(api.url, { answer }), { protocols: ['a', 'b'] });
    expect(guest.socket.protocol).toBe('b');
    await guest.leave();
    await expect(connect(api.url, { protocols: ['a', 'b'] })).rejects.toThrow('Server sent no subprotocol');
  });

  it('is awaited: until then there is no connection', async () => {
    const guest = connect(telling(api.url, { sleep: 300 }));
    const [event] = await api.events((candidate) => JSON.stringify(candidate).includes('\\"sleep\\":300'));
    expect(event?.requestContext.eventType).toBe('CONNECT');
    await (await guest).leave();
  });
});

it('answers 504 if the integration times out', async () => {
  const { apigateway, apiId: ApiId, integrationId: IntegrationId } = api;
  await apigateway.send(new UpdateIntegrationCommand({ ApiId, IntegrationId, TimeoutInMillis: 50 }));
  expect(await statusOf(telling(api.url, { sleep: 1000 }))).toBe(504);
  await apigateway.send(new UpdateIntegrationCommand({ ApiId, IntegrationId, TimeoutInMillis: 29_000 }));
});

it('ends with 500 if the function does not allow API Gateway, or only for another route', async () => {
  const lambda = new LambdaClient(account.client);
  const permission = { FunctionName: api.functionArn, StatementId: 'apigateway' };
  const allow = (path: string) =>
    lambda.send(
      new AddPermissionCommand({
        ...permission,
        Action: 'lambda:InvokeFunction',
        Principal: 'apigateway.amazonaws.com',
        SourceArn: `arn:aws:execute-api:us-east-1:111122223333:${api.apiId}/${path}`,
      }),
    );
  await lambda.send(new RemovePermissionCommand(permission));
  expect(await statusOf(api.url)).toBe(500);
  await allow('*sendmessage');
  expect(await statusOf(api.url)).toBe(500);
  await lambda.send(new RemovePermissionCommand(permission));
  await allow('*$connect');
  expect(await statusOf(api.url)).toBe(101);
  await lambda.send(new RemovePermissionCommand(permission));
  await allow('*');
});

it('invokes with a role if the integration names one', async () => {
  const own = await deployApi(account);
  await new LambdaClient(account.client).send(
    new RemovePermissionCommand({ FunctionName: own.functionArn, StatementId: 'apigateway' }),
  );
  const { apigateway, apiId: ApiId, integrationId: IntegrationId } = own;
  const roleArn = await createRole(account, 'gateway');
  await apigateway.send(new UpdateIntegrationCommand({ ApiId, IntegrationId, CredentialsArn: `${roleArn}s` }));
  expect(await statusOf(own.url)).toBe(500);
  await apigateway.send(new UpdateIntegrationCommand({ ApiId, IntegrationId, CredentialsArn: roleArn }));
  expect(await statusOf(own.url)).toBe(500);
  await allow(account, 'gateway', { Action: 'lambda:InvokeFunction', Resource: own.functionArn });
  expect(await statusOf(own.url)).toBe(101);
  await own.clean();
});

it('finds the function in a stage variable', async () => {
  const { apigateway, apiId: ApiId, integrationId: IntegrationId } = api;
  const [, name = ''] = api.functionArn.split(':function:');
  const variable = `\${stageVariables.functionName}`;
  const uri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${api.functionArn}/invocations`;
  await apigateway.send(
    new CreateStageCommand({ ApiId, StageName: 'other', AutoDeploy: true, StageVariables: { functionName: name } }),
  );
  await apigateway.send(
    new UpdateIntegrationCommand({ ApiId, IntegrationId, IntegrationUri: uri.replace(name, variable) }),
  );
  expect(await statusOf(api.url.replace(/prod$/, 'other'))).toBe(101);
  expect(await statusOf(api.url)).toBe(500);
  await apigateway.send(new UpdateIntegrationCommand({ ApiId, IntegrationId, IntegrationUri: uri }));
});

describe('addresses', () => {
  it.each(['nowhere', 'prod/further', ''])('ends with 403 for the stage "%s"', async (stage) => {
    expect(await statusOf(api.url.replace(/prod$/, stage))).toBe(403);
  });

  it('ends with 403 for an unknown API', async () => {
    expect(await statusOf(api.url.replace(api.apiId, 'abcdefghij'))).toBe(403);
  });

  it("are the API's own name, too", async () => {
    const headers = { Host: `${api.apiId}.execute-api.us-east-1.amazonaws.com` };
    const guest = await connect(`ws://127.0.0.1:${account.port}/prod`, { headers });
    await guest.leave();
  });

  it('answer 426 to a plain GET', async () => {
    const response = await fetch(api.url.replace('ws:', 'http:'));
    expect(response.status).toBe(426);
  });
});

it('needs no $connect route', async () => {
  const own = await deployApi(account, { AutoDeploy: true }, ['$default']);
  expect(await statusOf(own.url)).toBe(101);
  await own.clean();
});

it('ends with 429 if the stage admits nobody', async () => {
  const own = await deployApi(account, {
    AutoDeploy: true,
    DefaultRouteSettings: { ThrottlingRateLimit: 0, ThrottlingBurstLimit: 0 },
  });
  expect(await statusOf(own.url)).toBe(429);
  expect((await refusalOf(own.url)).headers['x-amzn-requestid']).toMatch(/=$/);
  await own.clean();
});

it('shows with a request id that API Gateway rejected it', async () => {
  const { status, headers } = await refusalOf(`${api.url}-gone`);
  expect([status, headers['x-amzn-requestid']]).toEqual([403, expect.stringMatching(/=$/)]);
});

it('accepts no longer addresses than API Gateway does', async () => {
  const own = `wss://${api.apiId}.execute-api.us-east-1.amazonaws.com/prod?long=`;
  const left = 4096 - own.length;
  expect(await statusOf(`${api.url}?long=${'x'.repeat(left)}`)).toBe(101);
  expect(await statusOf(`${api.url}?long=${'x'.repeat(left + 1)}`)).toBe(414);
});

it('survives a client that disappears during its handshake', async () => {
  const path = telling(api.url, { sleep: 200, vanished: 'yes' }).replace(/^ws:\/\/[^/]+/, '');
  const tcp = connectTcp(account.port, '127.0.0.1');
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${account.port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ];
  tcp.write(`${lines.join('\r\n')}\r\n\r\n`);
  const [connected] = await api.events((event) => JSON.stringify(event).includes('vanished'));
  tcp.destroy();
  const { connectionId } = connected?.requestContext ?? {};
  const [gone] = await api.events(
    ({ requestContext }) => requestContext.connectionId === connectionId && requestContext.eventType === 'DISCONNECT',
  );
  expect(gone?.requestContext.disconnectStatusCode).toBe(1006);
  expect(await statusOf(api.url)).toBe(101);
});

it('rejects an invalid handshake before any function runs', async () => {
  const status = await new Promise((resolve, reject) => {
    const handshake = request(api.url.replace('ws:', 'http:'), {
      headers: { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13' },
    });
    handshake.on('response', (response) => resolve(response.statusCode)).on('error', reject);
    handshake.end();
  });
  expect(status).toBe(400);
});
