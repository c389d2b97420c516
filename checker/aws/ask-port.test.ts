import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { askPort } from './ask-port.ts';

const ends: Array<() => void> = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** Returns the port of a program that does this with each connection. */
async function listening(each: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    each(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return (server.address() as AddressInfo).port;
}

const said = (text: string) => (socket: Socket) => socket.once('data', () => socket.write(text));

it.each<[string, (socket: Socket) => void]>([
  ['closes at once', (socket) => socket.end()],
  ['resets', (socket) => socket.resetAndDestroy()],
  ['closes once it is asked', (socket) => socket.once('data', () => socket.end())],
  ['says nothing', () => {}],
  ['says something else', said('SSH-2.0-OpenSSH_9.6\r\n')],
  ['stops in the head', said('HTTP/1.1 204 No')],
  ['stops in the body', said('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123')],
  [
    'drips',
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const drip = setInterval(() => socket.write('.'), 20);
      socket.on('close', () => clearInterval(drip));
    },
  ],
  [
    'never stops',
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const flood = () => socket.destroyed || socket.write(Buffer.alloc(1024 * 1024), () => setImmediate(flood));
      flood();
    },
  ],
])('has no answer from a program that %s', async (_, each) => {
  expect(await askPort(await listening(each), { method: 'GET', path: '/', patience: 400 })).toBeUndefined();
});

it("rejects a port that cannot be an account's", async () => {
  for (const port of [1, -1, 99_999, Number.NaN]) {
    expect(await askPort(port, { method: 'GET', path: '/' })).toBeUndefined();
  }
  expect(await askPort(1, { method: 'GET', path: '/', headers: { nonce: 'two\r\nlines' } })).toBeUndefined();
});

it('returns a whole answer', async () => {
  const port = await listening(said('HTTP/1.1 201 Created\r\nServer: other\r\nContent-Length: 2\r\n\r\nok'));
  expect(await askPort(port, { method: 'POST', path: '/', body: 'x' })).toMatchObject({
    status: 201,
    headers: { server: 'other' },
    body: 'ok',
  });
});
