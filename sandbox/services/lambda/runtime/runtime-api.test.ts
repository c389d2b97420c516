import { Server } from 'node:http';
import { expect, it, onTestFinished, vi } from 'vitest';
import { RuntimeApi, type RuntimeClient } from './runtime-api.ts';

const silent: RuntimeClient = { next: () => {}, answered: () => {}, initFailed: () => {} };

function apiOf() {
  const said: string[] = [];
  const api = new RuntimeApi((message) => said.push(message));
  onTestFinished(() => api.close());
  return { api, said };
}

function post(address: string, body: string): Promise<Response> {
  return fetch(`http://${address}/2018-06-01/runtime/invocation/1/response`, { method: 'POST', body });
}

it('tries to listen again after a failure', async () => {
  const { api } = apiOf();
  const listen = vi.spyOn(Server.prototype, 'listen').mockImplementationOnce(function (this: Server) {
    queueMicrotask(() => this.emit('error', new Error('no more ports')));
    return this;
  });
  onTestFinished(() => listen.mockRestore());
  await expect(api.add('a', silent)).rejects.toThrow('no more ports');
  expect(await api.add('a', silent)).toMatch(/^127\.0\.0\.1:\d+\/a$/);
});

it('keeps only enough of an answer to report that it is too large', async () => {
  const { api } = apiOf();
  let length = 0;
  const address = await api.add('a', {
    ...silent,
    answered(_requestId, _kind, body) {
      length = body.length;
    },
  });
  await post(address, 'x'.repeat(20_000_000));
  expect(length).toBe(6_291_557);
});

it('survives a client that fails, and says so', async () => {
  const { api, said } = apiOf();
  const address = await api.add('a', {
    ...silent,
    answered() {
      throw new Error('a fault');
    },
  });
  await post(address, '{}');
  await vi.waitFor(() => expect(said.join()).toContain('a fault'));
  expect((await post(address, '{}')).status).toBe(202);
});

it("rejects clients that don't know the path", async () => {
  const { api } = apiOf();
  const address = await api.add('a', silent);
  expect((await post(`${address}b`, '{}')).status).toBe(404);
});
