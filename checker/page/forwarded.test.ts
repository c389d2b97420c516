import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { Console } from '../console/console.ts';
import { forwardedOrigin, isForwarded } from './forwarded.ts';
import { type Page, servePage } from './serve.ts';

// A stand-in for the practice account: it answers Cognito's calls with what it got, and echoes on its sockets.
const account = createServer((asked, response) => {
  response.writeHead(400, {
    'Content-Type': 'application/x-amz-json-1.1',
    'X-Amzn-ErrorType': 'NotAuthorizedException',
  });
  asked.pipe(response);
});
const sockets = new WebSocketServer({ server: account });
const handshakes: Array<{ url: string | undefined; origin: string | undefined; host: string | undefined }> = [];
sockets.on('connection', (socket, { url, headers }) => {
  handshakes.push({ url, origin: headers.origin, host: headers.host });
  socket.on('message', (text) => socket.send(`echo ${text}`));
});

let page: Page;
let port: number;
let publicHost: string;

beforeAll(async () => {
  await new Promise<void>((listening) => account.listen(0, '127.0.0.1', listening));
  const { port: accountPort } = account.address() as AddressInfo;
  page = await servePage({
    root: resolve(import.meta.dirname, '../../app/web'),
    room: `ws://127.0.0.1:${accountPort}/_aws/execute-api/abc/room`,
    lab: '03-no-auth',
    signIn: { endpoint: `http://127.0.0.1:${accountPort}/`, clientId: 'c1' },
    forwarded: 'https://example-{port}.app.github.dev',
    scene: async (tell) => tell('Ada says hello.'),
    consoleRoot: import.meta.dirname,
    console: { hint: async () => ({ given: [] }) } as unknown as Console,
  });
  port = Number(new URL(page.url).port);
  publicHost = `example-${port}.app.github.dev`;
});

afterAll(async () => {
  await page.close();
  sockets.close();
  await new Promise((closed) => account.close(closed));
});

type Headers = Readonly<Record<string, string>>;

function ask(path: string, headers: Headers, { method = 'GET', body = '' } = {}) {
  return new Promise<{ status: number | undefined; policy: string; type: unknown; body: string }>((done, reject) => {
    const asked = request({ hostname: '127.0.0.1', port, path, method, headers }, async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      const policy = String(response.headers['content-security-policy']);
      done({ status: response.statusCode, policy, type: response.headers['x-amzn-errortype'], body: text });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

/** Returns the room's answer to a greeting page; undefined if the handshake is rejected. */
function helloFrom(headers: Headers): Promise<string | undefined> {
  return new Promise((done) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/room?token=t`, { headers });
    socket.on('open', () => socket.send('hello'));
    socket.on('message', (text) => {
      done(String(text));
      socket.close();
    });
    socket.on('error', () => done(undefined));
  });
}

const viaHost = () => ({ host: publicHost });
const viaHeader = () => ({ host: `localhost:${port}`, 'x-forwarded-host': publicHost });

test.each([
  ['its own host', viaHost],
  ['a loopback name and X-Forwarded-Host', viaHeader],
])('a forwarding service that sends %s gets the page, with everything at one origin', async (_, headers) => {
  const { status, policy, body } = await ask('/config.json', headers());
  expect(status).toBe(200);
  expect(JSON.parse(body)).toMatchObject({
    room: `wss://${publicHost}/room`,
    signIn: { endpoint: `https://${publicHost}/cognito`, clientId: 'c1' },
  });
  expect(policy).toContain(`connect-src 'self' wss://${publicHost} https://${publicHost};`);
});

test('the page on this machine still reaches the account itself', async () => {
  const { body } = await ask('/config.json', { host: `127.0.0.1:${port}` });
  expect(body).toContain('ws://127.0.0.1:');
  expect(body).not.toContain('github.dev');
});

test('a foreign host is rejected even if it sends X-Forwarded-Host', async () => {
  expect((await ask('/', { host: 'evil.example', 'x-forwarded-host': publicHost })).status).toBe(403);
  expect((await ask('/', { host: `example-1.app.github.dev` })).status).toBe(403);
});

test.each([
  ['the public origin', () => `https://${publicHost}`],
  ['a loopback origin', () => `http://localhost:${port}`],
])('passes sockets from %s on to the room, as the page on this machine', async (_, origin) => {
  handshakes.length = 0;
  expect(await helloFrom({ ...viaHeader(), origin: origin() })).toBe('echo hello');
  const { port: accountPort } = account.address() as AddressInfo;
  expect(handshakes).toEqual([
    { url: '/_aws/execute-api/abc/room?token=t', origin: page.origin, host: `127.0.0.1:${accountPort}` },
  ]);
});

test('rejects sockets from other pages, and from requests that are not forwarded', async () => {
  expect(await helloFrom({ ...viaHost(), origin: 'https://evil.example' })).toBeUndefined();
  expect(await helloFrom({ host: `localhost:${port}`, origin: `http://localhost:${port}` })).toBeUndefined();
  expect(await helloFrom({ host: 'evil.example', origin: 'http://evil.example' })).toBeUndefined();
});

test('passes on calls to Cognito, and no others', async () => {
  const call = (headers: Headers) => ask('/cognito', headers, { method: 'POST', body: '{"ClientId":"c1"}' });
  const target = { 'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth' };
  const answer = { status: 400, type: 'NotAuthorizedException', body: '{"ClientId":"c1"}' };
  expect(await call({ ...viaHost(), ...target })).toMatchObject(answer);
  expect((await call({ ...viaHost(), 'x-amz-target': 'DynamoDB_20120810.Scan' })).status).toBe(403);
  expect((await call({ ...viaHost(), ...target, 'sec-fetch-site': 'cross-site' })).status).toBe(405);
  expect((await call({ host: `127.0.0.1:${port}`, ...target })).status).toBe(405);
});

test.each([
  ['/scene', 'Ada says hello.\n'],
  ['/console/hint', '{"given":[]}'],
])('its own pages reach %s through the service, and no others do', async (path, body) => {
  const post = (headers: Headers) => ask(path, headers, { method: 'POST' });
  const own = { 'sec-fetch-site': 'same-origin' };
  expect(await post({ ...viaHost(), ...own, origin: `https://${publicHost}` })).toMatchObject({ status: 200, body });
  expect(await post({ ...viaHeader(), ...own, origin: `http://localhost:${port}` })).toMatchObject({
    status: 200,
    body,
  });
  expect(await post({ host: `127.0.0.1:${port}`, ...own, origin: page.origin })).toMatchObject({ status: 200, body });
  expect((await post({ ...viaHost(), ...own, origin: 'https://evil.example' })).status).toBe(403);
  expect((await post({ ...viaHost(), 'sec-fetch-site': 'cross-site', origin: `https://${publicHost}` })).status).toBe(
    403,
  );
  expect((await post({ host: 'evil.example', ...own, origin: page.origin })).status).toBe(403);
});

test('an invalid setting is rejected with an example', async () => {
  for (const setting of ['example.com', 'https://example.com', 'http://a-{port}.example', 'https://a-{port}.example/b'])
    expect(() => forwardedOrigin(setting, 80)).toThrow(/is not the address of a forwarded port/);
  await expect(servePage({ root: '.', room: 'ws://127.0.0.1:1', lab: 'x', forwarded: 'nowhere' })).rejects.toThrow(
    'WEBSOCKET_LAB_FORWARDED is "nowhere"',
  );
});

test('without the setting, nothing counts as forwarded', () => {
  expect(forwardedOrigin(undefined, 80)).toBeUndefined();
  expect(forwardedOrigin('', 80)).toBeUndefined();
  expect(isForwarded({ headers: { host: 'localhost', 'x-forwarded-host': 'a.example' } }, undefined)).toBe(false);
});
