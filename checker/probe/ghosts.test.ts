import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { answeringClient } from '../../tests/answering-client.ts';
import { aged, asRowOf, type Haunted, idOf, keyOf, type RoomTable, renamed, startGhosts, withId } from './ghosts.ts';
import { leftovers } from './notes.ts';

const table: RoomTable = { name: 'Connections', keys: ['connectionId'] };
const now = Date.now();
const row = { connectionId: { S: 'L0SM9cOFvHcCIhw=' }, name: { S: 'ada' }, connectedAt: { N: String(now - 100) } };

test('a ghost connected an hour ago or so', () => {
  const ghost = aged(row, table);
  expect(Number(ghost.connectedAt?.N)).toBeGreaterThan(now - 61 * 60_000);
  expect(Number(ghost.connectedAt?.N)).toBeLessThan(now - 59 * 60_000);
  expect(ghost).toMatchObject({ connectionId: row.connectionId, name: row.name });
  const recent = aged(row, table, 180_000);
  expect(Math.round((now - Number(recent.connectedAt?.N)) / 60_000)).toBe(3);
});

test('a key stays the same even if it contains a time', () => {
  const byTime: RoomTable = { name: 'Connections', keys: ['connectionId', 'connectedAt'] };
  expect(aged(row, byTime).connectedAt).toEqual(row.connectedAt);
});

test('a row gets a different name in the attributes that equal it', () => {
  expect(renamed({ ...row, about: { S: 'ada, from ada' } }, 'ada', 'grace')).toMatchObject({
    name: { S: 'grace' },
    about: { S: 'ada, from ada' },
  });
});

test('the row of somebody who is back has what all of their rows have, and nothing of one connection', () => {
  const rowOf = (user: string, id: string, at: number) => ({
    connectionId: { S: id },
    name: { S: user },
    connectedAt: { N: String(at) },
    user: { S: `u-${user}` },
    session: { S: `session of ${id}` },
    seen: { S: new Date(at).toISOString() },
    url: { S: `ws/${id}` },
  });
  const ofAda = rowOf('ada', 'L0SM9cOFvHcCIhw=', now);
  const rows = [rowOf('grace', 'M1xB2dPGwIdDJix=', now), rowOf('grace', 'N2yC3eQHxJeEKjy=', now + 1)];
  const back = asRowOf({ table, row: ofAda }, 'ada', { rows, name: 'grace' });
  expect(back).toEqual({ ...ofAda, name: { S: 'grace' }, user: { S: 'u-grace' } });
  const byUser = { name: 'Connections', keys: ['user', 'connectionId'] };
  expect(asRowOf({ table: byUser, row: ofAda }, 'a', { rows, name: 'grace' }).user).toEqual({ S: 'u-ada' });
  // One row doesn't show what is about its connection only.
  const one = { rows: rows.slice(0, 1), name: 'grace' };
  expect(asRowOf({ table, row: ofAda }, 'ada', one)).toEqual({ ...ofAda, name: { S: 'grace' } });
});

test('the row of somebody who is back stays as it is if its key contains the name', () => {
  const other = { rows: [{ ...row, name: { S: 'grace' } }], name: 'grace' };
  for (const user of ['ada', 'USER#ada']) {
    const own = { ...row, user: { S: user } };
    expect(asRowOf({ table: { name: 'Connections', keys: ['user', 'connectionId'] }, row: own }, 'ada', other)).toBe(
      own,
    );
  }
});

test('a row gets a different id wherever the old one appears, and prefixes stay', () => {
  const from = 'L0SM9cOFvHcCIhw=';
  const many = {
    ...row,
    pk: { S: `CONN#${from}` },
    sockets: { SS: [from, `ws:${from}`] },
    seen: { L: [{ M: { id: { S: from } } }, { N: '1' }] },
  };
  expect(withId(many, from, 'a$&b')).toEqual({
    connectionId: { S: 'a$&b' },
    name: { S: 'ada' },
    connectedAt: row.connectedAt,
    pk: { S: 'CONN#a$&b' },
    sockets: { SS: ['a$&b', 'ws:a$&b'] },
    seen: { L: [{ M: { id: { S: 'a$&b' } } }, { N: '1' }] },
  });
});

test.each([
  ['the key', row, ['connectionId']],
  ['one part of the key', { ...row, room: { S: 'lobby' } }, ['room', 'connectionId']],
  ['a key with a prefix', { pk: { S: 'CONN#L0SM9cOFvHcCIhw=' }, name: { S: 'ada' } }, ['pk']],
  ['a key with a prefix that an id could have', { pk: { S: 'conn_L0SM9cOFvHcCIhw=' } }, ['pk']],
  ['the key rather than another attribute', { request: { S: 'M1xB2dPGwIdDJix=' }, ...row }, ['connectionId']],
  ['another attribute', row, ['name']],
])('the connection id is found in %s', (_, item, keys) => {
  expect(idOf(item, { name: 'Connections', keys })).toBe('L0SM9cOFvHcCIhw=');
});

test('a row without an id in the format of API Gateway has none', () => {
  expect(idOf({ name: { S: 'ada' }, connectionId: { S: 'socket-7' } }, table)).toBeUndefined();
});

test('rows differ by all parts of their key', () => {
  const composite: RoomTable = { name: 'Connections', keys: ['room', 'connectionId'] };
  expect(keyOf({ ...row, room: { S: 'lobby' } }, composite)).not.toBe(
    keyOf({ ...row, room: { S: 'attic' } }, composite),
  );
});

/** An account whose table takes a moment for each new row, and the requests that it got, in order. */
async function haunted(onPut: (id: string) => void = () => {}, { root = tmpdir(), isCutOff = false } = {}) {
  const got: string[] = [];
  const client = answeringClient({
    DescribeTableCommand: () => ({ Table: { KeySchema: [{ AttributeName: 'connectionId' }] } }),
    async PutItemCommand({ Item }: { Item: typeof row }) {
      got.push(`put ${Item.connectionId.S}`);
      await new Promise(setImmediate);
      got.push(`has ${Item.connectionId.S}`);
      onPut(Item.connectionId.S);
    },
    BatchWriteItemCommand({ RequestItems }: { RequestItems: Record<string, Deletion[]> }) {
      if (isCutOff) throw new Error('The connection is lost.');
      for (const { DeleteRequest } of RequestItems.Connections ?? [])
        got.push(`delete ${DeleteRequest.Key.connectionId.S}`);
      return { UnprocessedItems: {} };
    },
  });
  const interrupted = new AbortController();
  const tasks: Array<() => Promise<void>> = [];
  const end = async () => void (await Promise.all(tasks.map((task) => task())));
  const subject = {
    root,
    lab: '06-lost-pages',
    target: { kind: 'practice', title: 'a test', clients: { dynamodb: async () => client } },
    resources: [],
    signal: interrupted.signal,
    afterwards: (task: () => Promise<void>) => tasks.push(task),
    ended: new AbortController().signal,
    once: async () => {},
  } as unknown as Haunted;
  return { subject, ghosts: await startGhosts(subject), got, interrupted, end };
}

interface Deletion {
  readonly DeleteRequest: { readonly Key: Pick<typeof row, 'connectionId'> };
}

const stored = ['a', 'b', 'c'].map((id) => ({ table, row: { ...row, connectionId: { S: id } } }));

test('ghosts come one after the other, and are removed', async () => {
  const { ghosts, got } = await haunted();
  await ghosts.add(stored);
  await ghosts.remove();
  const coming = ['a', 'b', 'c'].flatMap((id) => [`put ${id}`, `has ${id}`]);
  expect(got).toEqual([...coming, 'delete a', 'delete b', 'delete c']);
});

test('no ghost comes once the check has ended', async () => {
  let ending: Promise<void> | undefined;
  const { ghosts, got, end } = await haunted(() => {
    ending = end();
  });
  await expect(ghosts.add(stored)).rejects.toThrow('has ended');
  await expect(ghosts.add(stored)).rejects.toThrow('has ended');
  await ending;
  expect(got).toEqual(['put a', 'has a', 'delete a']);
});

test('a ghost that cannot be removed, or only seems not to have come, is left to the next check', async () => {
  const root = await mkdtemp(join(tmpdir(), 'ghosts-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const ghost = (id: string) => [{ table, row: { ...row, connectionId: { S: id } } }];
  const cutOff = await haunted(() => {}, { root, isCutOff: true });
  await cutOff.ghosts.add(ghost('stays'), 'stays');
  const left = async () => (await leftovers(cutOff.subject, 'visits')).names;
  expect(await left()).toEqual([]);
  await expect(cutOff.ghosts.remove()).rejects.toThrow('lost');
  expect(await left()).toEqual(['stays']);
  const unheard = await haunted(
    () => {
      throw new Error('The answer is lost.');
    },
    { root },
  );
  await expect(unheard.ghosts.add(ghost('came'), 'came')).rejects.toThrow('lost');
  expect([...(await left())].sort()).toEqual(['came', 'stays']);
});

test('no ghost comes after an interruption', async () => {
  const { ghosts, got, interrupted } = await haunted((id) => id === 'b' && interrupted.abort(new Error('Ctrl-C')));
  await expect(ghosts.add(stored)).rejects.toThrow('Ctrl-C');
  await ghosts.remove();
  expect(got).toEqual(['put a', 'has a', 'put b', 'has b', 'delete a', 'delete b']);
});
