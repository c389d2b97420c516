import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Page, servePage } from './serve.ts';

let page: Page;

beforeAll(async () => {
  const root = resolve(import.meta.dirname, '../../app/web');
  page = await servePage({ root, room: 'ws://127.0.0.1:4566/_aws/execute-api/abc/room', lab: '01-missing-route' });
});

afterAll(() => page.close());

interface Reply {
  readonly status: number | undefined;
  readonly location: string | undefined;
  readonly body: string;
}

/** Requests the path with the Host exactly as given; `fetch` would normalize them. */
function ask(
  path: string,
  host = new URL(page.url).host,
  method = 'GET',
  more: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(page.url);
    const asked = request({ hostname, port, path, method, headers: { host, ...more } }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode, location: response.headers.location, body }));
    });
    asked.on('error', reject);
    asked.end();
  });
}

test('every answer has the security policy, with the room as the only place to open sockets to', async () => {
  for (const path of ['', 'chat.js', 'config.json', 'no-such-file.js']) {
    const { headers } = await fetch(page.url + path);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
        "connect-src 'self' ws://127.0.0.1:4566; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
  }
});

test('reachable.json says whether the host of the room answers, to our own page only', async () => {
  const headers: Array<[string, string]> = [['Sec-Fetch-Site', 'same-origin']];
  const look = async (url: string) => (await fetch(`${url}reachable.json`, { headers })).json();
  const host = await servePage({ root: tmpdir(), room: 'ws://127.0.0.1:1/room', lab: '01-missing-route' });
  const { port } = new URL(host.url);
  const other = await servePage({ root: tmpdir(), room: `ws://127.0.0.1:${port}/room`, lab: '01-missing-route' });
  expect(await look(other.url)).toEqual({ reachable: true });
  expect(await look(host.url)).toEqual({ reachable: false });
  expect((await fetch(`${other.url}reachable.json`)).status).toBe(403);
  await other.close();
  await host.close();
});

test('config.json says which room and which lab, also when they change', async () => {
  const config = async () => (await fetch(`${page.url}config.json`)).json();
  const before = { room: 'ws://127.0.0.1:4566/_aws/execute-api/abc/room', lab: '01-missing-route' };
  expect(await config()).toEqual(before);
  page.update({ ...before, room: 'ws://127.0.0.1:9999/other' });
  expect(await config()).toEqual({ ...before, room: 'ws://127.0.0.1:9999/other' });
  page.update(before);
});

test('a page that is about to connect is allowed into the account, even if the account was restarted', async () => {
  const admitted: string[] = [];
  const other = await servePage({
    root: resolve(import.meta.dirname, '../../app/web'),
    room: 'ws://127.0.0.1:4566/_aws/execute-api/abc/room',
    lab: '03-no-auth',
    admit: async (origin) => {
      admitted.push(origin);
      if (admitted.length > 1) throw new Error('no account is there');
    },
  });
  for (const _ of [1, 2]) expect((await fetch(`${other.url}config.json`)).status).toBe(200);
  expect(admitted).toEqual([other.origin, other.origin]);
  await other.close();
});

test('a room with sign-in adds the pool to the policy and to config.json, and removes it again', async () => {
  const plain = { room: 'ws://127.0.0.1:4566/_aws/execute-api/abc/room', lab: '01-missing-route' };
  const signIn = { endpoint: 'https://cognito-idp.eu-central-1.amazonaws.com/', clientId: 'c1' };
  page.update({ room: 'wss://abc.execute-api.eu-central-1.amazonaws.com/room', lab: '03-no-auth', signIn });
  const served = await fetch(`${page.url}config.json`);
  expect(served.headers.get('content-security-policy')).toContain(
    "connect-src 'self' wss://abc.execute-api.eu-central-1.amazonaws.com https://cognito-idp.eu-central-1.amazonaws.com;",
  );
  expect(await served.json()).toMatchObject({ signIn });
  page.update(plain);
  expect(await (await fetch(`${page.url}config.json`)).json()).toEqual(plain);
});

test('mail.json has the codes if no mail leaves the account, for our own page only', async () => {
  const plain = { room: 'ws://127.0.0.1:4566/_aws/execute-api/abc/room', lab: '01-missing-route' };
  expect((await ask('/mail.json')).status).toBe(404);
  const [code] = [
    { sent: '', userPoolId: 'p', username: 'ada', destination: 'a@b.c', purpose: 'SignUp', code: '123456' },
  ];
  const signIn = { endpoint: 'http://127.0.0.1:4566/', clientId: 'c1' };
  page.update({ ...plain, signIn, mail: async () => [code] });
  expect(JSON.parse((await ask('/config.json')).body)).toEqual({ ...plain, signIn, mail: true });
  expect(JSON.parse((await ask('/mail.json')).body)).toEqual({ messages: [code] });
  const { host } = new URL(page.url);
  expect((await ask('/mail.json', host, 'GET', { 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  expect((await ask('/mail.json', host, 'GET', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await ask('/mail.json', 'evil.example')).status).toBe(403);
  page.update(plain);
});

test.each([
  '/../../package.json',
  '/..%2f..%2fpackage.json',
  '/%2e%2e/%2e%2e/package.json',
  '/..\\..\\package.json',
  '/chat.js/../../../package.json',
  '//etc/passwd',
  '/config',
])('%s is not one of the page’s files', async (path) => {
  expect(await ask(path)).toMatchObject({ status: 404, body: 'There is no such file.' });
});

test.each(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1.evil.example'])(
  'no page is served under the name %s',
  async (host) => {
    expect((await ask('/', host)).status).toBe(403);
    expect((await ask('/config.json', host)).body).not.toContain('room');
  },
);

test("this machine's other names redirect to the origin that the room accepts", async () => {
  const { port } = new URL(page.url);
  expect(await ask('/chat.js?x=1', `localhost:${port}`)).toMatchObject({
    status: 307,
    location: `${page.origin}/chat.js?x=1`,
  });
});

test.each(['//evil.example/', '/\\evil.example/', 'http://evil.example/', '//', 'http://['])(
  '%s does not redirect elsewhere',
  async (path) => {
    const { port } = new URL(page.url);
    const { status, location } = await ask(path, `localhost:${port}`);
    expect(status).toBe(307);
    expect(new URL(location ?? '').origin).toBe(page.origin);
    expect((await ask(path)).status).not.toBe(500);
  },
);

test('only GET requests are served', async () => {
  expect((await ask('/', undefined, 'POST')).status).toBe(405);
  expect(await ask('/', undefined, 'HEAD')).toMatchObject({ status: 200, body: '' });
});

test('reports a port that is taken', async () => {
  const port = Number(new URL(page.url).port);
  await expect(servePage({ root: '.', room: 'ws://127.0.0.1:1', lab: 'x', port })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});
