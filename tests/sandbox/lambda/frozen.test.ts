import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { sharedFunctions } from './functions.ts';

const functions = sharedFunctions();

const logsLater = "setImmediate(() => console.log('the rest'));";

it.each([
  ['an asynchronous handler', `exports.handler = async () => { ${logsLater} };`],
  [
    'a handler with a callback that does not wait',
    `exports.handler = (event, context, callback) => { context.callbackWaitsForEmptyEventLoop = false; callback(null); ${logsLater} };`,
  ],
])('what %s leaves behind goes on with the next invocation', async (title, code) => {
  const name = title.replace(/\W/g, '');
  await functions.create(name, { 'index.js': code });
  const first = await functions.invoke(name, {}, { LogType: 'Tail' });
  const second = await functions.invoke(name, {}, { LogType: 'Tail' });
  expect(first.log).not.toContain('the rest');
  const [, id] = /START RequestId: (\S+)/.exec(second.log) ?? [];
  expect(second.log).toContain(`\t${id}\tINFO\tthe rest`);
});

it('a handler with a callback that waits for its event loop leaves nothing behind', async () => {
  await functions.create('waits', {
    'index.js': `exports.handler = (event, context, callback) => { callback(null); ${logsLater} };`,
  });
  const { log } = await functions.invoke('waits', {}, { LogType: 'Tail' });
  expect(log).toContain('the rest');
});

it('a function that writes to the pipe of its runtime is ended, and told why', async () => {
  await functions.create('writes', {
    'index.js':
      "exports.handler = async () => { require('fs').writeSync(3, 'mine'.repeat(9)); await new Promise(() => {}); };",
  });
  const { error, log } = await functions.invoke('writes', {}, { LogType: 'Tail' });
  expect(error).toBe('Unhandled');
  expect(log).toContain('file descriptor 3, which carries its log and its answers');
});

const callsBack = 'context.callbackWaitsForEmptyEventLoop = false; callback(null, process.pid);';
const left = 'throw new Error("left");';

it.each([
  ['a promise', `async () => { await null; Promise.reject(new Error("left")); return process.pid; }`],
  ['the next tick', `async () => { await null; process.nextTick(() => { ${left} }); return process.pid; }`],
  ['code after its callback', `(event, context, callback) => { ${callsBack} process.nextTick(() => { ${left} }); }`],
  ['a later turn', `async () => { setImmediate(() => { ${left} }); return process.pid; }`, 'nodejs24.x' as const],
])('an error that an invocation leaves in %s ends its process, and not the next invocation', async (...variant) => {
  const [where, handler, Runtime = 'nodejs22.x'] = variant;
  const name = where.replace(/\W/g, '');
  await functions.create(name, { 'index.js': `exports.handler = ${handler};` }, { Runtime });
  const [first, second] = [await functions.invoke(name), await functions.invoke(name)];
  // Whole, so that what failed is shown.
  for (const answer of [first, second]) expect(answer).toMatchObject({ error: undefined });
  expect(second.result).not.toBe(first.result);
});

it.each([
  ['ready while it is busy', 6],
  ['about to end because of an earlier invocation', 7],
])('a function that forges that it is %s is ended', async (what, kind) => {
  const name = what.replace(/\W/g, '').slice(0, 20);
  const code = `require('fs').writeSync(3, Buffer.from([${kind}, 0, 0, 0, 0])); await new Promise((done) => setTimeout(done, 1e6));`;
  await functions.create(name, { 'index.js': `exports.handler = async () => { ${code} };` });
  expect((await functions.invoke(name)).error).toBe('Unhandled');
});

it('connections that were closed while a function was frozen are not used again', async () => {
  const sockets = new Set<Socket>();
  const server: Server = createServer((_, response) => response.end('heard'));
  server.on('connection', (socket) => sockets.add(socket));
  onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  await functions.create('calls', {
    'index.js': `const http = require('http');
const agent = new http.Agent({ keepAlive: true });
exports.handler = () => new Promise((done, failed) => {
  http.get({ port: ${port}, agent }, (response) => response.resume().once('end', () => done('heard'))).once('error', failed);
});`,
  });
  for (let call = 0; call < 4; call += 1) {
    expect(await functions.invoke('calls')).toMatchObject({ error: undefined, result: 'heard' });
    const closed = [...sockets].map((socket) => once(socket, 'close'));
    for (const socket of sockets) socket.destroy();
    await Promise.all(closed);
    sockets.clear();
  }
});
