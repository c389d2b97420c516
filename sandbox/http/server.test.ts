import { once } from 'node:events';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { listen } from './listen.ts';
import { createAccountServer, type ServerParts } from './server.ts';

/** A server whose account is ready when `become` is called, and which then refuses everything. */
async function starting() {
  let become = () => {};
  const ready = new Promise<void>((resolve) => {
    become = resolve;
  });
  const kept = { guard() {}, admit: () => ({}) };
  const refuse = vi.fn(() => 'not here');
  const server = createAccountServer({ world: { ready }, kept, guard: { refuse } } as unknown as ServerParts);
  onTestFinished(() => void server.close());
  return { server, port: await listen(server, 0), become, refuse };
}

test('a request waits until the account is ready', async () => {
  const { server, port, become, refuse } = await starting();
  const received = once(server, 'request');
  const answer = fetch(`http://127.0.0.1:${port}/`);
  await received;
  expect(refuse).not.toHaveBeenCalled();
  become();
  expect((await answer).status).toBe(403);
});

test('a WebSocket is closed until the account is ready, then answered', async () => {
  const { port, become } = await starting();
  const refused = async () => (await once(new WebSocket(`ws://127.0.0.1:${port}/`), 'error'))[0] as Error;
  expect((await refused()).message).toBe('socket hang up');
  become();
  expect((await refused()).message).toBe('Unexpected server response: 403');
});
