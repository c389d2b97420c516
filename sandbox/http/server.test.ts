import { once } from 'node:events';
import type { Server } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { listen } from './listen.ts';
import { createAccountServer, type ServerParts } from './server.ts';

/** A server whose account is ready when `become` is called, and which then refuses everything. */
async function starting(): Promise<{ server: Server; port: number; become: () => void }> {
  let become = () => {};
  const ready = new Promise<void>((resolve) => {
    become = resolve;
  });
  const kept = { guard() {}, admit: () => ({}) };
  const server = createAccountServer({
    world: { ready },
    kept,
    guard: { refuse: () => 'not here' },
  } as unknown as ServerParts);
  onTestFinished(() => void server.close());
  return { server, port: await listen(server, 0), become };
}

test('a request waits until the account is ready', async () => {
  const { server, port, become } = await starting();
  const received = once(server, 'request');
  let isAnswered = false;
  const answer = fetch(`http://127.0.0.1:${port}/`).finally(() => {
    isAnswered = true;
  });
  await received;
  expect(isAnswered).toBe(false);
  become();
  expect((await answer).status).toBe(403);
});

test('a WebSocket is closed before that, and answered after', async () => {
  const { port, become } = await starting();
  const refused = async () => (await once(new WebSocket(`ws://127.0.0.1:${port}/`), 'error'))[0] as Error;
  expect((await refused()).message).toBe('socket hang up');
  become();
  expect((await refused()).message).toBe('Unexpected server response: 403');
});
