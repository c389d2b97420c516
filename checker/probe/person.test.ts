import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { explainFailure } from '../failures/failure.ts';
import { isEntry, isRefusal } from '../observe/marked.ts';
import { RefusedError } from './handshake.ts';
import { Person, type PersonOptions } from './person.ts';

/** A room that broadcasts every message, closes with the code it is sent, and rejects Mallory. */
let server: Server;
let room: WebSocketServer;
let options: PersonOptions;
let lines: string[];
let interruption: AbortController;

beforeEach(async () => {
  room = new WebSocketServer({ noServer: true });
  server = createServer();
  server.on('upgrade', (request, socket, head) => {
    const [, status = '403'] = /Proxy(\d+)/.exec(request.url ?? '') ?? [];
    if (request.url?.includes('Mallory')) socket.end('HTTP/1.1 403 Forbidden\r\nx-amzn-RequestId: r\r\n\r\n');
    else if (request.url?.includes('Full'))
      socket.end('HTTP/1.1 500 No\r\nX-Lab-Failure: no%20space%20left%20on%20device\r\n\r\n');
    else if (request.url?.includes('Proxy')) socket.end(`HTTP/1.1 ${status} No\r\nX-Cache: MISS\r\n\r\n`);
    else {
      room.handleUpgrade(request, socket, head, (person) =>
        person.on('message', (data) => {
          const { close } = JSON.parse(String(data)) as { close?: number };
          if (close === 1006) person.terminate();
          else if (close !== undefined) person.close(close);
          else person.send(String(data));
        }),
      );
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  lines = [];
  interruption = new AbortController();
  options = {
    label: 'Ada',
    name: 'Ada',
    address: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/room`,
    patience: 5_000,
    signal: interruption.signal,
    note: (line) => lines.push(line),
  };
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

test('hears what it waits for, and so does the conversation', async () => {
  const ada = await Person.join(options);
  ada.say({ text: 'hello' });
  const frame = await ada.hears(({ fields }) => fields.text === 'hello');
  expect(frame?.text).toBe('{"text":"hello"}');
  await ada.leave();
  expect(lines).toEqual(['Ada joins as "Ada"', 'Ada → {"text":"hello"}', 'Ada ← {"text":"hello"}', 'Ada left (1000)']);
});

test('is rejected with the status of the handshake', async () => {
  const refused = Person.join({ ...options, name: 'Mallory' });
  await expect(refused).rejects.toThrow(RefusedError);
  await expect(refused).rejects.toMatchObject({ status: 403 });
});

test('the conversation shows entries and rejections in words that the checks recognize', async () => {
  const ada = await Person.join(options);
  await ada.leave();
  await expect(Person.join({ ...options, label: 'Mallory', name: 'Mallory' })).rejects.toThrow(RefusedError);
  const shown = lines.map((line) => `+5 ms  ${line}`);
  expect(shown.map(isEntry)).toEqual([true, false, false]);
  expect(shown.map(isRefusal)).toEqual([false, false, true]);
});

test.each([401, 403, 407, 429, 503])('a proxy that answers %s is not a rejection', async (status) => {
  await expect(Person.join({ ...options, name: `Proxy${status}` })).rejects.toMatchObject({
    name: 'NotFromApiGatewayError',
  });
});

test('a practice account that failed at the handshake is not a rejection, and says why', async () => {
  const error = await Person.join({ ...options, name: 'Full' }).catch((failure: unknown) => failure);
  expect(error).not.toBeInstanceOf(RefusedError);
  expect(explainFailure(error, { kind: 'practice', title: 'x' }).reason).toBe('The disk is full.');
});

test.each([1001, 1006, 1011, 1012])(
  'a connection that ends with %s is lost, and not closed by the room',
  async (close) => {
    const ada = await Person.join(options);
    ada.say({ close });
    await expect(ada.hears(() => true)).rejects.toThrow(`close code ${close}`);
  },
);

test('a room that closes the connection says nothing more', async () => {
  const ada = await Person.join(options);
  ada.say({ close: 1000 });
  expect(await ada.hears(() => true)).toBeUndefined();
});

test('a room that cannot be reached is not a rejection', async () => {
  await expect(Person.join({ ...options, address: 'ws://127.0.0.1:1/room' })).rejects.toMatchObject({
    code: 'ECONNREFUSED',
  });
});

test('waits for the answer to its own ping, although an earlier one is answered before', async () => {
  room.options.autoPong = false;
  const ada = await Person.join(options);
  const pings: Buffer[] = [];
  for (const person of room.clients) {
    person.on('ping', (data) => pings.push(data) === 2 && person.pong(pings[0]));
    person.on('message', () => person.pong(pings[1]));
  }
  const [first, second] = [ada.listens(0), ada.listens(0)];
  await first;
  ada.say({ text: 'hello' });
  await second;
  expect(ada.heard).toHaveLength(1);
});

test('stops waiting when its patience runs out, when the socket closes, and when it is interrupted', async () => {
  const impatient = await Person.join({ ...options, patience: 30 });
  expect(await impatient.hears(() => true)).toBeUndefined();
  const ada = await Person.join(options);
  const waiting = ada.hears(() => true);
  await ada.leave();
  expect(await waiting).toBeUndefined();
  const grace = await Person.join(options);
  const interrupted = grace.hears(() => true);
  interruption.abort(new Error('interrupted'));
  await expect(interrupted).rejects.toThrow('interrupted');
  await Promise.all([impatient.leave(), grace.leave()]);
});

test('joins a room that chooses the protocol which a header offers', async () => {
  const person = await Person.join({ ...options, headers: { 'Sec-WebSocket-Protocol': 'ada.quail' } });
  expect(person.isHere).toBe(true);
  await person.leave();
});
