// The least that a chat room can cost on this machine: the room's own handlers with the real SDK, around a table in
// memory and posts that nobody authorizes. No signature is verified, no policy evaluated, nothing stored or logged.
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { WebSocketServer } from 'ws';

const folder = process.argv[2];
const sockets = new Map();
/** The rows of each table, by connection. */
const tables = new Map();
const functions = new Map();
const children = [];

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const [status, answer] = request.url.includes('/@connections/') ? post(request.url, body) : call(request, body);
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': randomUUID() });
  response.end(answer);
});

// Others are measured in turn, for longer than the default: a call could meet a connection that is just being closed.
server.keepAliveTimeout = 600_000;

/** PostToConnection, in the protocol of its API. */
function post(url, body) {
  const socket = sockets.get(decodeURIComponent(url.slice(url.lastIndexOf('/') + 1)));
  if (socket === undefined) return [410, '{}'];
  socket.send(body, { binary: false });
  return [200, ''];
}

/** The three operations of DynamoDB that the handlers use. */
function call({ headers }, body) {
  const input = JSON.parse(body.toString());
  if (!tables.has(input.TableName)) tables.set(input.TableName, new Map());
  const rows = tables.get(input.TableName);
  switch (headers['x-amz-target'].split('.')[1]) {
    case 'PutItem':
      rows.set(input.Item.connectionId.S, input.Item);
      return [200, '{}'];
    case 'DeleteItem':
      rows.delete(input.Key.connectionId.S);
      return [200, '{}'];
    default:
      return [200, JSON.stringify({ Items: [...rows.values()], Count: rows.size, ScannedCount: rows.size })];
  }
}

/** Invokes a handler; the first time, its process starts. */
async function invoke(name, event) {
  if (!functions.has(name)) functions.set(name, start(name));
  const { child, waiting } = await functions.get(name);
  const id = randomUUID();
  return new Promise((resolve) => {
    waiting.set(id, resolve);
    child.send({ id, event });
  });
}

async function start(name) {
  const endpoint = `http://127.0.0.1:${server.address().port}`;
  const child = fork(join(import.meta.dirname, 'function.cjs'), [join(folder, `${name}.cjs`), endpoint], {
    env: {
      ...process.env,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'floor',
      AWS_SECRET_ACCESS_KEY: 'floor',
      CONNECTIONS_TABLE: 'connections',
    },
  });
  children.push(child);
  await once(child, 'message');
  const waiting = new Map();
  child.on('message', ({ id, answer }) => {
    waiting.get(id)(answer);
    waiting.delete(id);
  });
  return { child, waiting };
}

const accepting = new WebSocketServer({ noServer: true, perMessageDeflate: false });
server.on('upgrade', async (request, socket, head) => {
  const connectionId = randomUUID();
  const connectedAt = Date.now();
  const name = new URL(request.url, 'ws://floor').searchParams.get('name');
  const about = (routeKey) => ({
    requestContext: {
      routeKey,
      connectionId,
      connectedAt,
      requestTimeEpoch: Date.now(),
      domainName: 'floor.execute-api.us-east-1.amazonaws.com',
      stage: 'room',
    },
  });
  await invoke('connect', { ...about('$connect'), queryStringParameters: { name } });
  accepting.handleUpgrade(request, socket, head, (connection) => {
    sockets.set(connectionId, connection);
    connection.on('message', async (data) => {
      const { body } = await invoke('send-message', { ...about('sendmessage'), body: String(data) });
      if (body !== undefined) connection.send(body);
    });
    connection.on('close', () => {
      sockets.delete(connectionId);
      void invoke('disconnect', about('$disconnect'));
    });
  });
});

server.listen(0, '127.0.0.1', () => process.send(server.address().port));
process.once('disconnect', () => {
  for (const child of children) child.kill('SIGKILL');
  process.exit();
});
