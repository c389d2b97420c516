import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { layOutWorkshop, type Workshop } from './workshop.ts';

// `lab open` next to an account that is restarted elsewhere, and a room that disappears and returns.

let workshop: Workshop;

beforeAll(async () => {
  workshop = await layOutWorkshop();
  await succeeds('sandbox', 'start', '--port', String(await freePort()));
  await succeeds('deploy', '01');
}, 180_000);

afterAll(() => workshop?.remove());

test('the page keeps its address from one command to the next; if that is taken, it keeps a new one', async () => {
  const first = await served();
  const again = await served();
  expect(again).toBe(first);
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(Number(new URL(first).port), '127.0.0.1', resolve));
  const elsewhere = await served();
  expect(elsewhere).not.toBe(first);
  await new Promise((resolve) => other.close(resolve));
  expect(await served()).toBe(elsewhere);
}, 60_000);

test('a served page follows its room: to another port of the account, and to another room', async () => {
  const open = workshop.start('open', '01');
  const url = urlIn(await open.saw('Press Ctrl-C to stop.'));
  const config = async () => (await fetch(`${url}config.json`)).json() as Promise<{ room: string; gone?: string }>;
  const policy = async () => (await fetch(url)).headers.get('content-security-policy');
  const before = await config();
  expect(before).not.toHaveProperty('gone');

  await succeeds('sandbox', 'stop');
  const gone = 'The practice account has ended. `npx lab sandbox start` restarts it.';
  expect(await config()).toEqual({ ...before, gone });
  const port = await freePort();
  await succeeds('sandbox', 'start', '--port', String(port));
  expect(await policy()).toContain(`ws://127.0.0.1:${port};`);
  const room = new URL(before.room);
  room.port = String(port);
  expect(await config()).toEqual({ ...before, room: room.href });

  await succeeds('destroy', '01', '--yes');
  expect((await config()).gone).toMatch(/chat-01-missing-route.*`npx lab deploy 01` deploys it\.$/);
  await succeeds('deploy', '01');
  const after = await config();
  expect(after).not.toHaveProperty('gone');
  expect(after.room).toContain(`ws://127.0.0.1:${port}/`);
  expect(after.room).not.toBe(room.href);

  open.child.kill('SIGINT');
  expect((await open.ended).code).toBe(0);
}, 180_000);

test('says so if the account stops, and exits unless it is started again', async () => {
  const open = workshop.start('open', '01');
  await open.saw('Press Ctrl-C to stop.');
  await succeeds('sandbox', 'stop');
  await open.saw('The practice account has stopped. This command ends in 20 s, unless `npx lab sandbox start`');
  await succeeds('sandbox', 'start', '--port', String(await freePort()));
  await open.saw('The practice account is running again.');
  expect(open.child.exitCode).toBeNull();
  await succeeds('sandbox', 'stop');
  expect((await open.ended).code).toBe(0);
}, 180_000);

async function succeeds(...args: string[]): Promise<void> {
  expect(await workshop.lab(...args)).toMatchObject({ code: 0 });
}

/** Where `lab open` serves the page after it has exited. */
async function served(): Promise<string> {
  const open = workshop.start('open', '01');
  const url = urlIn(await open.saw('Press Ctrl-C to stop.'));
  open.child.kill('SIGINT');
  await open.ended;
  return url;
}

function urlIn(said: string): string {
  return /http:\/\/127\.0\.0\.1:\d+\//.exec(said)?.[0] ?? '';
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
