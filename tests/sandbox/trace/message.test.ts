import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TraceEvent } from '../../../sandbox/index.ts';
import { deployRoom, type SolvedRoom } from '../../room/solved-room.ts';
import { type Client, connect } from '../execute-api/client.ts';
import { type Watcher, watch } from './watcher.ts';

let room: SolvedRoom;
let watcher: Watcher;

beforeAll(async () => {
  room = await deployRoom('start', '02-lambda-permissions');
  watcher = await watch(room.account);
}, 180_000);
afterAll(async () => {
  watcher?.close();
  await room?.close();
});

/** Connects somebody, and resolves with them and the events of their handshake. */
async function join(name: string): Promise<{ client: Client; connectionId: string; path: TraceEvent[] }> {
  const client = await connect(`${room.address}?name=${name}`);
  const known = new Set(watcher.events.filter(({ kind }) => kind === 'connected').map(({ id }) => id));
  const { trace, connectionId = '' } = await watcher.find(({ kind, id }) => kind === 'connected' && !known.has(id));
  return { client, connectionId, path: pathOf(trace) };
}

/** The spans of one trace, in order. */
function pathOf(trace: string | undefined): TraceEvent[] {
  return watcher.events.filter((event) => event.trace === trace).sort((a, b) => a.mono - b.mono);
}

function kinds(path: readonly TraceEvent[]): string[] {
  return path.map((event) => (event.kind === 'call' ? event.operation : event.kind));
}

it('follows a handshake to its row in the table', async () => {
  const { client, connectionId, path } = await join('Ada');
  expect(kinds(path).filter((kind) => kind !== 'log')).toEqual([
    'handshake',
    'permission',
    'invocation',
    'PutItem',
    'row',
    'return',
    'connected',
  ]);
  expect(path[0]).toMatchObject({ asks: 'nobody', query: ['name'], connectionId });
  expect(path.find(({ kind }) => kind === 'row')).toMatchObject({ change: 'put', key: { connectionId } });
  await client.leave();
  await watcher.find((event) => event.kind === 'row' && event.change === 'delete');
});

it('follows a message to the denial by IAM, with what each policy said', async () => {
  const { client, connectionId } = await join('Grace');
  client.say({ action: 'sendmessage', text: 'hello' });
  const { requestId } = JSON.parse(await client.next()) as { requestId: string };
  const answer = await watcher.find(({ kind, trace }) => kind === 'answer' && trace === requestId);
  expect(answer).toMatchObject({ what: 'error', message: 'Internal server error' });
  const path = pathOf(requestId);
  expect(kinds(path).filter((kind) => kind !== 'log')).toEqual([
    'frame',
    'route',
    'permission',
    'invocation',
    'Scan',
    'PostToConnection',
    'return',
    'answer',
  ]);
  expect(new Set(path.map((event) => event.connectionId))).toEqual(new Set([connectionId]));
  const [frame, route, permission] = path;
  expect(frame).toMatchObject({ text: '{"action":"sendmessage","text":"hello"}' });
  expect(route).toMatchObject({ key: 'sendmessage', routeKey: 'sendmessage' });
  expect(permission).toMatchObject({ allowed: true, decision: { by: 'resource', statement: { index: 0 } } });
  expect(path.find((event) => event.kind === 'call' && event.operation === 'Scan')).toMatchObject({
    status: 200,
    count: 1,
    decisions: [{ action: 'dynamodb:Scan', decision: 'allowed', statement: { kind: 'identity', index: 0 } }],
  });
  const post = path.find((event) => event.kind === 'call' && event.operation === 'PostToConnection');
  expect(post).toMatchObject({
    to: connectionId,
    status: 403,
    error: 'AccessDeniedException',
    decisions: [
      {
        action: 'execute-api:ManageConnections',
        decision: 'implicitDeny',
        by: 'identity',
        asked: expect.arrayContaining([expect.objectContaining({ kind: 'identity', said: 'nothing', matched: [] })]),
      },
    ],
  });
  expect(path.find(({ kind }) => kind === 'return')).toMatchObject({
    status: 'error',
    errorType: 'AccessDeniedException',
  });
  await client.leave();
});

it('follows a disconnect to the deleted row', async () => {
  const { client, connectionId } = await join('Edsger');
  await client.leave();
  const row = await watcher.find(
    (event) => event.kind === 'row' && event.change === 'delete' && event.key.connectionId === connectionId,
  );
  await watcher.find(({ kind, trace }) => kind === 'return' && trace === row.trace);
  expect(kinds(pathOf(row.trace)).filter((kind) => kind !== 'log')).toEqual([
    'disconnect',
    'permission',
    'invocation',
    'DeleteItem',
    'row',
    'return',
  ]);
});

it('reports each resource of a stack as it is deployed', () => {
  const ofStack = watcher.events.filter((event) => event.kind === 'stack');
  expect(ofStack.at(-1)).toMatchObject({
    stack: 'chat-02-lambda-permissions',
    type: 'AWS::CloudFormation::Stack',
    status: 'CREATE_COMPLETE',
  });
});
