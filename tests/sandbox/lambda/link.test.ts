import { describe, expect, it } from 'vitest';
import { sharedFunctions } from './functions.ts';

// The SDK's calls in a function, which share one connection to the account.

const functions = sharedFunctions();

/** Invokes a function that lists tables; its role may not, so each answer is an error of IAM's. */
async function invoke(name: string, body: string, { style = 'async (event)' } = {}) {
  const code = `
const { Socket } = require('node:net');
const { DynamoDBClient, ListTablesCommand, PutItemCommand } = require('@aws-sdk/client-dynamodb');
const settings = { maxAttempts: 1 };
const client = new DynamoDBClient(settings);
const list = (by = client, options) => by.send(new ListTablesCommand({}), options).then(() => 'listed', ({ name }) => name);
exports.handler = ${style} => { ${body} };`;
  await functions.create(name, { 'index.js': code }, { Timeout: 30, MemorySize: 512 });
  return functions.invoke(name, { url: functions.account().url });
}

it('answers a thousand calls at once, over one connection', async () => {
  const body = `
let opened = 0;
const { connect } = Socket.prototype;
Socket.prototype.connect = function (...given) {
  opened += 1;
  return connect.apply(this, given);
};
const names = await Promise.all(Array.from({ length: 1000 }, () => list()));
return [...new Set(names), names.length, opened];`;
  expect((await invoke('many', body)).result).toEqual(['AccessDeniedException', 1000, 1]);
});

it('sends large bodies, too, of which the account may read nothing', async () => {
  const body = `
const put = (length) => client.send(new PutItemCommand({ TableName: 't', Item: { id: { S: 'x'.repeat(length) } } })).catch(({ name }) => name);
return Promise.all([60_000, 64_000, 70_000, 3_000_000, 17_000_000].map(put));`;
  const denied = 'AccessDeniedException';
  expect((await invoke('large', body)).result).toEqual([denied, denied, denied, denied, 'SerializationException']);
});

it.each([
  [
    'a wrong secret',
    `{ accessKeyId: process.env.AWS_ACCESS_KEY_ID, secretAccessKey: 'wrong', sessionToken: process.env.AWS_SESSION_TOKEN }`,
    'InvalidSignatureException',
  ],
  [
    'an unknown key',
    `{ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' }`,
    'UnrecognizedClientException',
  ],
])('rejects %s', async (words, credentials, expected) => {
  const body = `return list(new DynamoDBClient({ ...settings, credentials: ${credentials} }));`;
  expect((await invoke(words.replace(/\W/g, ''), body)).result).toBe(expected);
});

describe("the SDK's own limits", () => {
  it('abort a call', async () => {
    const body = `
const controller = new AbortController();
const call = list(client, { abortSignal: controller.signal });
setImmediate(() => controller.abort());
const isEarly = await list(client, { abortSignal: AbortSignal.abort() });
return [isEarly, ['AbortError', 'AccessDeniedException'].includes(await call), await list()];`;
    expect((await invoke('aborts', body)).result).toEqual(['AbortError', true, 'AccessDeniedException']);
  });

  it('of time end only calls that take longer', async () => {
    const body = `
const requestHandler = { connectionTimeout: 1500, socketTimeout: 5000, requestTimeout: 10_000, throwOnRequestTimeout: true };
return list(new DynamoDBClient({ ...settings, requestHandler }));`;
    expect((await invoke('limited', body)).result).toBe('AccessDeniedException');
  });
});

it('serves older SDKs, which wait for a socket and set its time limit, and rejects a body of another length', async () => {
  const body = `
const call = (text, length = text.length) => new Promise((done) => {
  const headers = { 'amz-sdk-invocation-id': '1', 'x-amz-target': 'DynamoDB_20120810.ListTables', 'content-length': String(length) };
  const seen = [];
  const request = require('node:https').request(
    { host: 'dynamodb.us-east-1.amazonaws.com', method: 'POST', path: '/', headers },
    (answer) => answer.resume().once('end', () => done([...seen, answer.statusCode])),
  );
  request.on('error', ({ code }) => done([...seen, code]));
  request.on('socket', (socket) => seen.push(socket.connecting));
  request.setTimeout(5000, () => request.destroy());
  request.end(text);
});
return [await call('{}'), await call('{}', 3)];`;
  const { result } = await invoke('older', body);
  expect(result).toEqual([
    [false, 400],
    [false, 'ERR_HTTP_CONTENT_LENGTH_MISMATCH'],
  ]);
});

it('a handler with a callback ends once its calls are answered', async () => {
  const body = `list().then((name) => { event.name = name; }); callback(null, event);`;
  const { result } = await invoke('callsback', body, { style: '(event, context, callback)' });
  expect(result).toMatchObject({ url: functions.account().url });
});

it.each([
  ['text instead of frames', `'no frames at all, '.repeat(100)`],
  ['a frame without an end', 'Buffer.alloc(12, 0xff)'],
  ['a head that is not JSON', `Buffer.from('0a000000010000000200000078790000', 'hex')`],
  [
    'headers that are not text',
    `Buffer.concat([Buffer.from('1c0000000100000014000000', 'hex'), Buffer.from('["GET","/",{"a":{}}]')])`,
  ],
])('a function that sends %s loses that connection only', async (words, bytes) => {
  const body = `
const { hostname: host, port } = new URL(event.url);
const socket = require('node:net').connect({ host, port });
socket.write(\`GET / HTTP/1.1\\r\\nHost: \${host}:\${port}\\r\\nConnection: Upgrade\\r\\nUpgrade: websocket-lab-link\\r\\n\\r\\n\`);
socket.write(${bytes});
const heard = [];
socket.on('data', (piece) => heard.push(piece)).on('error', () => {});
await new Promise((closed) => socket.once('close', closed));
return [String(Buffer.concat(heard)).split('\\r\\n')[0], await list()];`;
  const { result } = await invoke(words.replace(/\W/g, ''), body);
  // A connection that is reset can lose what was sent before.
  expect(result).toEqual([expect.stringMatching(/^(HTTP\/1\.1 101 Switching Protocols)?$/), 'AccessDeniedException']);
  expect(functions.account().said).toEqual([]);
});
