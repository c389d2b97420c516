import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { answeringClient } from '../../tests/answering-client.ts';
import { type Haunted, startGhosts } from './ghosts.ts';
import { leftovers } from './notes.ts';
import type { RoomTable } from './room-tables.ts';

const table: RoomTable = { name: 'Connections', keys: ['connectionId'] };
const row = { connectionId: { S: 'L0SM9cOFvHcCIhw=' }, name: { S: 'ada' } };

/** An account whose table takes a moment for each new row, and the requests that it got, in order. */
async function haunted(onPut: (id: string) => void = () => {}, { root = tmpdir(), isCutOff = false } = {}) {
  const got: string[] = [];
  const client = answeringClient({
    DescribeTableCommand: () => ({ Table: { KeySchema: [{ AttributeName: 'connectionId' }] } }),
    async BatchWriteItemCommand({ RequestItems }: { RequestItems: Record<string, Write[]> }) {
      for (const { PutRequest, DeleteRequest } of RequestItems.Connections ?? []) {
        if (DeleteRequest !== undefined) {
          if (isCutOff) throw new Error('The connection is lost.');
          got.push(`delete ${DeleteRequest.Key.connectionId.S}`);
        }
        if (PutRequest === undefined) continue;
        const id = PutRequest.Item.connectionId.S;
        got.push(`put ${id}`);
        await new Promise(setImmediate);
        got.push(`has ${id}`);
        onPut(id);
      }
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

interface Write {
  readonly PutRequest?: { readonly Item: typeof row };
  readonly DeleteRequest?: { readonly Key: Pick<typeof row, 'connectionId'> };
}

/** Too large for two of them in a request. */
const stored = ['a', 'b', 'c'].map((id) => ({
  table,
  row: { ...row, connectionId: { S: id }, about: { S: 'x'.repeat(50_000) } },
}));

test('large ghosts come one after the other, and are removed', async () => {
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
