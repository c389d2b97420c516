import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestAccount, type TestAccount } from '../../account.ts';
import { connect } from '../execute-api/client.ts';
import { type DeployedApi, deployApi } from '../execute-api/deployed-api.ts';
import { nonceOf, type Watcher, watch } from './watcher.ts';

/** As many events as an account keeps. */
const ring = 4096;
const page = 'http://127.0.0.1:8080';

let account: TestAccount;
let api: DeployedApi;
const watchers: Watcher[] = [];

beforeAll(async () => {
  account = await startTestAccount();
  account.allowPage(page);
  // Without $default, a message takes three events and no function.
  api = await deployApi(account, { AutoDeploy: true }, ['$connect', '$disconnect']);
});
afterAll(async () => {
  for (const watcher of watchers) watcher.close();
  await api?.clean();
  await account?.close();
});

async function watched(lastEventId?: string): Promise<Watcher> {
  const watcher = await watch(account, lastEventId);
  watchers.push(watcher);
  return watcher;
}

/** Sends messages that match no route, a hundred at a time. */
async function say(count: number, text = 'hello'): Promise<void> {
  const guest = await connect(api.url);
  for (let sent = 0; sent < count; sent += 100) {
    const batch = Math.min(100, count - sent);
    for (let each = 0; each < batch; each += 1) guest.say({ action: 'nowhere', text });
    for (let each = 0; each < batch; each += 1) await guest.next();
  }
  await guest.leave();
}

async function statusOf(headers: Record<string, string>): Promise<[number | undefined, string]> {
  const asked = request({ host: '127.0.0.1', port: account.port, path: '/_lab/events', headers }).end();
  const [response] = await once(asked, 'response');
  if (response.statusCode === 200) {
    asked.destroy();
    return [200, ''];
  }
  let body = '';
  for await (const piece of response.setEncoding('utf8')) body += piece;
  return [response.statusCode, body];
}

it('reveals nothing to a client without the nonce, or to a page', async () => {
  const nonce = await nonceOf(account);
  expect(await statusOf({})).toEqual([404, '']);
  expect(await statusOf({ 'X-Lab-Nonce': nonce['X-Lab-Nonce'].replace(/.$/, 'x') })).toEqual([404, '']);
  expect(await statusOf({ Origin: page })).toEqual([404, '']);
  expect(await statusOf({ ...nonce, Origin: 'https://attacker.example' })).toEqual([403, expect.any(String)]);
  expect(await statusOf({ ...nonce, Host: 'attacker.example' })).toEqual([403, expect.any(String)]);
  expect(await statusOf(nonce)).toEqual([200, '']);
});

it('sends past events, then new ones, each once and in order', async () => {
  await say(2);
  const watcher = await watched();
  await watcher.until(() => watcher.notices.length > 0);
  expect(watcher.notices[0]).toMatchObject({ name: 'hello', data: { oldest: 1 } });
  await say(1);
  await watcher.until(() => watcher.events.filter(({ kind }) => kind === 'disconnect').length >= 2);
  const ids = watcher.events.map(({ id }) => id);
  expect(ids).toEqual(ids.map((_, index) => index + 1));
});

it("continues after a reader's last event", async () => {
  const first = await watched();
  await first.until(() => first.events.length > 3);
  const third = first.events[2]?.id ?? 0;
  const run = String(first.notices[0]?.data.run);
  const second = await watched(`${run}-${third}`);
  await second.until(() => second.events.length > 0);
  expect(second.events[0]?.id).toBe(third + 1);
  expect(second.notices.map(({ name }) => name)).toEqual(['hello']);
});

it('tells a reader of an earlier run that it was restarted, and sends everything', async () => {
  const watcher = await watched('earlier0-3');
  await watcher.until(() => watcher.events.length > 0);
  expect(watcher.notices.map(({ name }) => name)).toEqual(['hello', 'restarted']);
  expect(watcher.events[0]?.id).toBe(1);
});

it('keeps the newest events, and says how many a reader has missed', async () => {
  const before = await watched();
  await before.until(() => before.events.length > 0);
  const run = String(before.notices[0]?.data.run);
  before.close();
  await say(1500);
  const late = await watched(`${run}-1`);
  await late.until(() => late.events.length >= ring);
  const [oldest, newest] = [Number(late.notices[0]?.data.oldest), Number(late.notices[0]?.data.newest)];
  expect(newest - oldest).toBe(ring - 1);
  expect(late.notices[1]).toEqual({ name: 'missed', data: { events: oldest - 2 } });
  expect(late.events[0]?.id).toBe(oldest);
});

it('does not mistake a reader for slow that has a whole ring to read first', async () => {
  const watcher = await watched();
  await watcher.until(() => watcher.notices.length > 0);
  const before = Number(watcher.notices[0]?.data.newest);
  watcher.response.pause();
  await say(100);
  watcher.response.resume();
  await watcher.until(() => watcher.events.some(({ kind, id }) => kind === 'disconnect' && id > before));
  expect(watcher.notices.map(({ name }) => name)).toEqual(['hello']);
});

it('drops a reader that does not read, says so, and makes nobody wait for it', async () => {
  const [slow, quick] = [await watched(), await watched()];
  slow.response.pause();
  // More than the account and the system together buffer for a reader.
  const text = 'x'.repeat(120);
  for (let round = 0; round < 8; round += 1) await say(1500, text);
  const newest = quick.events.at(-1)?.id ?? 0;
  await quick.until(() => (quick.events.at(-1)?.id ?? 0) >= newest);
  expect(quick.notices.map(({ name }) => name)).toEqual(['hello']);
  const ended = once(slow.response, 'close');
  slow.response.resume();
  await ended;
  expect(slow.notices.at(-1)).toEqual({
    name: 'dropped',
    data: { reason: expect.stringContaining('were unread') },
  });
  expect(slow.events.length).toBeLessThan(quick.events.length);
}, 60_000);
