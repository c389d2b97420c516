import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { expect, it } from 'vitest';
import type { Owner } from '../../../sandbox/index.ts';
import { type Client, connect } from './client.ts';
import { telling, testApi } from './deployed-api.ts';

const { account, api } = await testApi();
const management = new ApiGatewayManagementApiClient({ ...account.client, endpoint: api.url.replace('ws:', 'http:') });

/** Connects, and finds the connection's id in the function's event. */
async function enter(userAgent: string): Promise<{ readonly guest: Client; readonly ConnectionId: string }> {
  const guest = await connect(api.url, { headers: { 'User-Agent': userAgent } });
  const [event] = await api.events(({ headers }) => headers?.['User-Agent'] === userAgent);
  return { guest, ConnectionId: String(event?.requestContext.connectionId) };
}

it('posts one text frame', async () => {
  const { guest, ConnectionId } = await enter('listener');
  const answer = await management.send(new PostToConnectionCommand({ ConnectionId, Data: 'grüß dich' }));
  expect(answer.$metadata.httpStatusCode).toBe(200);
  expect(await guest.next()).toBe('grüß dich');
  await guest.leave();
});

it("is reached at the API's own name, too", async () => {
  const { guest, ConnectionId } = await enter('by name');
  const named = new ApiGatewayManagementApiClient({ ...account.client, endpoint: `${account.url}/prod` });
  named.middlewareStack.add(
    (next) => (args) => {
      const { headers } = args.request as { headers: Record<string, string> };
      headers.host = `${api.apiId}.execute-api.us-east-1.amazonaws.com`;
      return next(args);
    },
    { step: 'build', priority: 'low' },
  );
  await named.send(new PostToConnectionCommand({ ConnectionId, Data: 'hello' }));
  expect(await guest.next()).toBe('hello');
  await guest.leave();
});

it('describes a connection', async () => {
  const { guest, ConnectionId } = await enter('told of');
  const { ConnectedAt, LastActiveAt, Identity } = await management.send(new GetConnectionCommand({ ConnectionId }));
  expect(Identity).toEqual({ SourceIp: '127.0.0.1', UserAgent: 'told of' });
  expect(ConnectedAt).toBeInstanceOf(Date);
  await management.send(new PostToConnectionCommand({ ConnectionId, Data: 'x' }));
  const later = await management.send(new GetConnectionCommand({ ConnectionId }));
  expect(later.ConnectedAt).toEqual(ConnectedAt);
  expect(later.LastActiveAt?.getTime()).toBeGreaterThanOrEqual(LastActiveAt?.getTime() ?? 0);
  await guest.leave();
});

it('ends a connection', async () => {
  const { guest, ConnectionId } = await enter('thrown out');
  const answer = await management.send(new DeleteConnectionCommand({ ConnectionId }));
  expect(answer.$metadata.httpStatusCode).toBe(204);
  expect((await guest.closed).code).toBe(1000);
  const [left] = await api.events(
    ({ requestContext }) => requestContext.connectionId === ConnectionId && requestContext.eventType === 'DISCONNECT',
  );
  expect(left?.requestContext).toMatchObject({
    disconnectStatusCode: 1000,
    disconnectReason: 'Connection Closed Normally',
  });
  await expect(management.send(new PostToConnectionCommand({ ConnectionId, Data: 'x' }))).rejects.toMatchObject({
    name: 'GoneException',
    $metadata: { httpStatusCode: 410 },
  });
});

it('answers 410 if the connection has ended, or $connect has not answered yet', async () => {
  const { guest, ConnectionId } = await enter('leaver');
  await guest.leave();
  await api.events(({ requestContext }) => requestContext.disconnectStatusCode === 1005);
  const gone = { name: 'GoneException', $metadata: { httpStatusCode: 410 } };
  for (const Command of [GetConnectionCommand, DeleteConnectionCommand]) {
    await expect(management.send(new Command({ ConnectionId }) as GetConnectionCommand)).rejects.toMatchObject(gone);
  }
  const arriving = connect(telling(api.url, { sleep: 500, arriving: 'yes' }));
  const [event] = await api.events((candidate) => JSON.stringify(candidate).includes('arriving'));
  const early = String(event?.requestContext.connectionId);
  const post = new PostToConnectionCommand({ ConnectionId: early, Data: 'x' });
  await expect(management.send(post)).rejects.toMatchObject(gone);
  const arrived = await arriving;
  await management.send(post);
  expect(await arrived.next()).toBe('x');
  await arrived.leave();
});

it('answers 400 to an invalid id', async () => {
  await expect(management.send(new GetConnectionCommand({ ConnectionId: 'nobody' }))).rejects.toMatchObject({
    name: 'BadRequestException',
    message: 'Invalid connectionId: nobody',
    $metadata: { httpStatusCode: 400 },
  });
});

/** Lets calls for a connection fail, the way other processes of the checkout do. */
async function letFail(failing: {
  readonly connectionId: string;
  readonly error?: string;
  readonly delay?: number;
  readonly most?: number;
}): Promise<unknown> {
  const { nonce } = JSON.parse(await readFile(join(account.folder, 'owner.json'), 'utf8')) as Owner;
  const answer = await fetch(`${account.url}/_lab/failing`, {
    method: 'POST',
    headers: { 'x-lab-nonce': nonce },
    body: JSON.stringify(failing),
  });
  return answer.json();
}

it.each([
  ['ForbiddenException', 403],
  ['PayloadTooLargeException', 413],
  ['LimitExceededException', 429],
  ['InternalServerErrorException', 500],
])('fails with %s on request, and no longer once that ends', async (error, httpStatusCode) => {
  const { guest, ConnectionId } = await enter(error);
  const endpoint = api.url.replace('ws:', 'http:');
  const single = new ApiGatewayManagementApiClient({ ...account.client, endpoint, maxAttempts: 1 });
  expect(await letFail({ connectionId: ConnectionId, error })).toEqual({ times: 0 });
  const failure = { name: error, $metadata: { httpStatusCode, requestId: expect.stringMatching(/./) } };
  const post = new PostToConnectionCommand({ ConnectionId, Data: 'x' });
  await expect(single.send(post)).rejects.toMatchObject(failure);
  await expect(single.send(new GetConnectionCommand({ ConnectionId }))).rejects.toMatchObject(failure);
  expect(await letFail({ connectionId: ConnectionId })).toEqual({ times: 2 });
  await single.send(post);
  expect(await guest.next()).toBe('x');
  await guest.leave();
});

it('fails once on request, and SDKs try again', async () => {
  const { guest, ConnectionId } = await enter('once');
  const client = new ApiGatewayManagementApiClient({ ...account.client, endpoint: api.url.replace('ws:', 'http:') });
  await letFail({ connectionId: ConnectionId, error: 'InternalServerErrorException', most: 1 });
  const { $metadata } = await client.send(new PostToConnectionCommand({ ConnectionId, Data: 'x' }));
  expect($metadata.attempts).toBe(2);
  expect(await guest.next()).toBe('x');
  expect(await letFail({ connectionId: ConnectionId })).toEqual({ times: 2 });
  await guest.leave();
});

it('resets the connection of a post on request, after a delay', async () => {
  const { guest, ConnectionId } = await enter('reset');
  const endpoint = api.url.replace('ws:', 'http:');
  const single = new ApiGatewayManagementApiClient({ ...account.client, endpoint, maxAttempts: 1 });
  await letFail({ connectionId: ConnectionId, error: 'ECONNRESET', delay: 200 });
  const began = performance.now();
  const post = new PostToConnectionCommand({ ConnectionId, Data: 'x' });
  await expect(single.send(post)).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(performance.now() - began).toBeGreaterThan(195);
  expect(await letFail({ connectionId: ConnectionId })).toEqual({ times: 1 });
  await guest.leave();
});

it('delays posts on request, and no longer once that ends', async () => {
  const { guest, ConnectionId } = await enter('delayed');
  await letFail({ connectionId: ConnectionId, delay: 200 });
  const began = performance.now();
  await management.send(new PostToConnectionCommand({ ConnectionId, Data: 'late' }));
  // Timers can be a millisecond early.
  expect(performance.now() - began).toBeGreaterThan(195);
  expect(await letFail({ connectionId: ConnectionId })).toEqual({ times: 1 });
  expect(await guest.next()).toBe('late');
  await guest.leave();
});

it('authorizes a call before it fails on request', async () => {
  const { guest, ConnectionId } = await enter('unsigned');
  await letFail({ connectionId: ConnectionId, error: 'LimitExceededException' });
  const url = `${api.url.replace('ws:', 'http:')}/@connections/${encodeURIComponent(ConnectionId)}`;
  expect((await fetch(url, { method: 'POST', body: 'x' })).status).toBe(403);
  expect(await letFail({ connectionId: ConnectionId })).toEqual({ times: 0 });
  await guest.leave();
});

it('answers 413 to more than 128 KB', async () => {
  const { guest, ConnectionId } = await enter('overwhelmed');
  const post = (length: number) =>
    management.send(new PostToConnectionCommand({ ConnectionId, Data: Buffer.alloc(length, 'x') }));
  await post(128 * 1024);
  expect(await guest.next()).toHaveLength(128 * 1024);
  await expect(post(128 * 1024 + 1)).rejects.toMatchObject({
    name: 'PayloadTooLargeException',
    $metadata: { httpStatusCode: 413 },
  });
  await guest.leave();
});

it('answers 429 if the client does not read', async () => {
  const { guest, ConnectionId } = await enter('deaf');
  guest.socket.pause();
  const impatient = new ApiGatewayManagementApiClient({
    ...account.client,
    endpoint: api.url.replace('ws:', 'http:'),
    maxAttempts: 1,
  });
  const flood = async () => {
    const Data = Buffer.alloc(128 * 1024, 'x');
    for (let sent = 0; sent < 1000; sent += 1)
      await impatient.send(new PostToConnectionCommand({ ConnectionId, Data }));
  };
  await expect(flood()).rejects.toMatchObject({
    name: 'LimitExceededException',
    $metadata: { httpStatusCode: 429 },
  });
  guest.socket.terminate();
});

it('answers 403 without a signature, for an address without a stage, and to another API', async () => {
  const { guest, ConnectionId } = await enter('foreign');
  const address = `${api.url.replace('ws:', 'http:')}/@connections/${encodeURIComponent(ConnectionId)}`;
  const unsigned = await fetch(address, { method: 'POST', body: 'x' });
  expect(unsigned.status).toBe(403);
  expect(await unsigned.text()).toBe('{"message":"Missing Authentication Token"}');
  const withoutStage = await fetch(address.replace('/prod/', '/'), { method: 'POST', body: 'x' });
  expect(withoutStage.status).toBe(403);
  const endpoint = api.url.replace('ws:', 'http:').replace(api.apiId, 'abcdefghij');
  const other = new ApiGatewayManagementApiClient({ ...account.client, endpoint });
  await expect(other.send(new GetConnectionCommand({ ConnectionId }))).rejects.toMatchObject({
    name: 'ForbiddenException',
  });
  await guest.leave();
});
