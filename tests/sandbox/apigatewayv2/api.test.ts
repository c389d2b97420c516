import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateModelCommand,
  DeleteApiCommand,
  GetApiCommand,
  GetApisCommand,
  GetTagsCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateApiCommand,
} from '@aws-sdk/client-apigatewayv2';
import { expect, it } from 'vitest';
import { testAccount } from '../../account.ts';
import { createRoute, createWebSocketApi } from './websocket-api.ts';

const account = await testAccount();
const client = new ApiGatewayV2Client(account.client);

const chat = { Name: 'chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' } as const;

it('creates an API and returns its address', async () => {
  const created = await client.send(
    new CreateApiCommand({ ...chat, Description: 'a room', Tags: { team: 'unicorn' } }),
  );
  expect(created).toMatchObject({
    Name: 'chat',
    ProtocolType: 'WEBSOCKET',
    Description: 'a room',
    RouteSelectionExpression: '$request.body.action',
    ApiEndpoint: `ws://127.0.0.1:${account.port}/_aws/execute-api/${created.ApiId}`,
    Tags: { team: 'unicorn' },
  });
  expect(created.ApiId).toMatch(/^[a-z0-9]{10}$/);
  expect(created.CreatedDate).toBeInstanceOf(Date);
  expect(created.$metadata.httpStatusCode).toBe(201);
  const { $metadata: _, ...got } = await client.send(new GetApiCommand({ ApiId: created.ApiId }));
  const { $metadata: __, ...told } = created;
  expect(got).toEqual(told);
});

it('updates and deletes an API with everything in it', async () => {
  const ApiId = await createWebSocketApi(client);
  await createRoute(client, ApiId, '$connect');
  const updated = await client.send(new UpdateApiCommand({ ApiId, Name: 'talk', Description: 'x' }));
  expect(updated).toMatchObject({ Name: 'talk', Description: 'x', RouteSelectionExpression: '$request.body.action' });
  const deleted = await client.send(new DeleteApiCommand({ ApiId }));
  expect(deleted.$metadata.httpStatusCode).toBe(204);
  await expect(client.send(new GetApiCommand({ ApiId }))).rejects.toMatchObject({
    name: 'NotFoundException',
    message: `Invalid API identifier specified 111122223333:${ApiId}`,
    $metadata: { httpStatusCode: 404 },
  });
});

it('pages through the list of APIs', async () => {
  const ids = [await createWebSocketApi(client), await createWebSocketApi(client), await createWebSocketApi(client)];
  const seen: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(new GetApisCommand({ MaxResults: '2', ...(NextToken ? { NextToken } : {}) }));
    expect(page.Items?.length).toBeLessThanOrEqual(2);
    seen.push(...(page.Items ?? []).map((api) => api.ApiId ?? ''));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  expect(seen).toEqual(expect.arrayContaining(ids));
  expect(new Set(seen).size).toBe(seen.length);
});

it('tags and untags', async () => {
  const ApiId = await createWebSocketApi(client);
  const ResourceArn = `arn:aws:apigateway:us-east-1::/apis/${ApiId}`;
  await client.send(new TagResourceCommand({ ResourceArn, Tags: { a: '1', B: '2', c: '3' } }));
  await client.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['a', 'c'] }));
  expect((await client.send(new GetTagsCommand({ ResourceArn }))).Tags).toEqual({ B: '2' });
  await client.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['B'] }));
  expect((await client.send(new GetTagsCommand({ ResourceArn }))).Tags).toEqual({});
});

it('rejects unsupported settings by name', async () => {
  const unsupported = { name: 'NotImplemented', $metadata: { httpStatusCode: 501 } };
  await expect(client.send(new CreateApiCommand({ Name: 'h', ProtocolType: 'HTTP' }))).rejects.toMatchObject({
    ...unsupported,
    message: expect.stringContaining('HTTP APIs'),
  });
  await expect(client.send(new CreateApiCommand({ ...chat, DisableExecuteApiEndpoint: true }))).rejects.toMatchObject({
    ...unsupported,
    message: expect.stringContaining('DisableExecuteApiEndpoint'),
  });
  const ApiId = await createWebSocketApi(client);
  await expect(
    client.send(new CreateModelCommand({ ApiId, Name: 'm', Schema: '{}', ContentType: 'application/json' })),
  ).rejects.toMatchObject({ ...unsupported, message: expect.stringContaining('CreateModel') });
});

it('rejects a name of 129 characters', async () => {
  const tooLong = { name: 'BadRequestException' };
  const Name = 'x'.repeat(129);
  await expect(client.send(new CreateApiCommand({ ...chat, Name }))).rejects.toMatchObject(tooLong);
  const { ApiId } = await client.send(new CreateApiCommand({ ...chat, Name: Name.slice(1) }));
  await expect(client.send(new UpdateApiCommand({ ApiId, Name }))).rejects.toMatchObject(tooLong);
});

it('rejects an invalid route selection expression', async () => {
  const RouteSelectionExpression = 'action';
  await expect(client.send(new CreateApiCommand({ ...chat, RouteSelectionExpression }))).rejects.toMatchObject({
    name: 'BadRequestException',
  });
});
