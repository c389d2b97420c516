import { connect as connectTcp } from 'node:net';
import {
  CreateDeploymentCommand,
  CreateStageCommand,
  DeleteStageCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-apigatewayv2';
import { LambdaClient, RemovePermissionCommand } from '@aws-sdk/client-lambda';
import { expect, it } from 'vitest';
import { connect } from './client.ts';
import { deployApi, testApi } from './deployed-api.ts';

const { account, api } = await testApi();

/** API Gateway's own frames, spaced just so. */
function own(message: string): RegExp {
  return new RegExp(`^{"message": "${message}", "connectionId":"[\\w-]{15}=", "requestId":"[\\w-]{15}="}$`);
}

const hello = { action: 'echo', answer: { statusCode: 200, body: 'hello' } };

it('delivers what a route with a route response returns', async () => {
  const guest = await connect(api.url);
  guest.say(hello);
  expect(await guest.next()).toBe('hello');
  await guest.leave();
});

it('sends nothing for 3xx to 5xx, nor for a route without a route response', async () => {
  const guest = await connect(api.url);
  for (const statusCode of [302, 404, 500]) guest.say({ action: 'echo', answer: { statusCode, body: 'no' }, id: 'n' });
  guest.say({ action: 'unknown', answer: { statusCode: 200, body: 'no' }, id: 'n' });
  await api.events((event) => String(event.body).includes('"id":"n"'), 4);
  guest.say(hello);
  expect(await guest.next()).toBe('hello');
  await guest.leave();
});

it('uses $default for invalid JSON and for messages without a route', async () => {
  const guest = await connect(api.url);
  for (const body of ['no json at all', '{"action":"nowhere"}', '{"action":"$connect"}', '17', '{}']) {
    guest.say(body);
    const [event] = await api.events((candidate) => candidate.body === body);
    expect(event?.requestContext).toMatchObject({ routeKey: '$default', eventType: 'MESSAGE' });
  }
  await guest.leave();
});

it('answers Forbidden if there is no $default, and stays open', async () => {
  const other = await deployApi(account, { AutoDeploy: true }, ['$connect']);
  const guest = await connect(other.url);
  guest.say({ action: 'sendmessage' });
  expect(await guest.next()).toMatch(own('Forbidden'));
  guest.say('no json');
  expect(await guest.next()).toMatch(own('Forbidden'));
  guest.say(hello);
  expect(await guest.next()).toBe('hello');
  await guest.leave();
  await other.clean();
});

it('answers Internal server error if the function throws, also on a one-way route, and stays open', async () => {
  const guest = await connect(api.url);
  guest.say({ action: 'echo', throws: 'no' });
  expect(await guest.next()).toMatch(own('Internal server error'));
  guest.say({ action: 'one-way', throws: 'no' });
  expect(await guest.next()).toMatch(own('Internal server error'));
  guest.say(hello);
  expect(await guest.next()).toBe('hello');
  await guest.leave();
});

it('answers Internal server error if the function may not be invoked', async () => {
  const other = await deployApi(account, { AutoDeploy: true }, ['$default']);
  const guest = await connect(other.url);
  await new LambdaClient(account.client).send(
    new RemovePermissionCommand({ FunctionName: other.functionArn, StatementId: 'apigateway' }),
  );
  guest.say(hello);
  expect(await guest.next()).toMatch(own('Internal server error'));
  await guest.leave();
  await other.clean();
});

it('does not keep the order of answers', async () => {
  const guest = await connect(api.url);
  // Two at once first, so the function has two processes.
  for (const body of ['a', 'b']) guest.say({ action: 'echo', sleep: 300, answer: { statusCode: 200, body } });
  await guest.next();
  await guest.next();
  guest.say({ action: 'echo', sleep: 1000, answer: { statusCode: 200, body: 'slow' } });
  guest.say({ action: 'echo', answer: { statusCode: 200, body: 'fast' } });
  expect([await guest.next(), await guest.next()]).toEqual(['fast', 'slow']);
  await guest.leave();
});

it('closes with 1009 for a frame over 32 KB and a message over 128 KB, and accepts smaller ones', async () => {
  const text = (length: number) => {
    const frame = JSON.stringify({ ...hello, padding: '' });
    return frame.replace('"padding":""', `"padding":"${'x'.repeat(length - frame.length)}"`);
  };
  const guest = await connect(api.url);
  guest.say(text(32 * 1024));
  expect(await guest.next()).toBe('hello');
  guest.say(text(32 * 1024 + 1));
  expect((await guest.closed).code).toBe(1009);

  const other = await connect(api.url);
  const fragments = (message: string) => message.match(/.{1,30000}/g) ?? [];
  for (const [index, part] of fragments(text(128 * 1024)).entries()) {
    other.socket.send(part, { fin: index === fragments(text(128 * 1024)).length - 1 });
  }
  expect(await other.next()).toBe('hello');
  for (const part of fragments(text(128 * 1024 + 1))) other.socket.send(part, { fin: false });
  expect((await other.closed).code).toBe(1009);
});

it('closes with 1003 for a binary frame', async () => {
  const guest = await connect(api.url);
  guest.socket.send(Buffer.from('{"action":"echo"}'));
  expect((await guest.closed).code).toBe(1003);
});

it('throttles the messages of a route, until it has another limit', async () => {
  const other = await deployApi(account, {
    AutoDeploy: true,
    RouteSettings: { echo: { ThrottlingRateLimit: 0.001, ThrottlingBurstLimit: 2 } },
  });
  const guest = await connect(other.url);
  for (const _ of [1, 2, 3]) guest.say(hello);
  const frames = [await guest.next(), await guest.next(), await guest.next()].sort();
  expect(frames).toEqual(['hello', 'hello', expect.stringMatching(own('Too Many Requests'))]);
  await other.apigateway.send(
    new UpdateStageCommand({
      ApiId: other.apiId,
      StageName: 'prod',
      RouteSettings: { echo: { ThrottlingRateLimit: 0.001, ThrottlingBurstLimit: 3 } },
    }),
  );
  guest.say(hello);
  expect(await guest.next()).toBe('hello');
  await guest.leave();
  await other.clean();
});

it('uses the deployed routes: a new route works only after a deployment', async () => {
  const other = await deployApi(account, { StageName: 'draft' }, ['$connect']);
  const { apigateway, apiId: ApiId } = other;
  await apigateway.send(new CreateDeploymentCommand({ ApiId, StageName: 'draft' }));
  await apigateway.send(new CreateStageCommand({ ApiId, StageName: 'prod', AutoDeploy: true }));
  await other.route('later', 'answers');
  const later = { ...hello, action: 'later' };
  const drafted = await connect(other.url.replace(/prod$/, 'draft'));
  drafted.say(later);
  expect(await drafted.next()).toMatch(own('Forbidden'));
  const automatic = await connect(other.url);
  automatic.say(later);
  expect(await automatic.next()).toBe('hello');
  await automatic.leave();
  await apigateway.send(new CreateDeploymentCommand({ ApiId, StageName: 'draft' }));
  const fresh = await connect(other.url.replace(/prod$/, 'draft'));
  fresh.say(later);
  expect(await fresh.next()).toBe('hello');
  await apigateway.send(new DeleteStageCommand({ ApiId, StageName: 'draft' }));
  expect((await fresh.closed).code).toBe(1001);
  await other.clean();
});

it('survives a client that disappears during a message', async () => {
  const tcp = connectTcp(account.port, '127.0.0.1');
  const lines = [
    `GET ${new URL(api.url).pathname} HTTP/1.1`,
    `Host: 127.0.0.1:${account.port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'User-Agent: vanishing',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ];
  tcp.write(`${lines.join('\r\n')}\r\n\r\n`);
  await new Promise((resolve) => tcp.once('data', resolve));
  // A text frame of 100 bytes, of which only seven arrive.
  tcp.write(Buffer.from([0x81, 0x80 | 100, 1, 2, 3, 4, 5, 6, 7]));
  tcp.resetAndDestroy();
  const [gone] = await api.events(
    ({ requestContext: { eventType, identity } }) =>
      eventType === 'DISCONNECT' && JSON.stringify(identity).includes('vanishing'),
  );
  expect(gone?.requestContext).toMatchObject({ disconnectStatusCode: 1006, disconnectReason: '' });
  const guest = await connect(api.url);
  guest.say(hello);
  expect(await guest.next()).toBe('hello');
  await guest.leave();
});
