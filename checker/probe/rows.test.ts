import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { answeringClient } from '../../tests/answering-client.ts';
import type { Quiet } from '../aws/target.ts';
import { startNote } from './notes.ts';
import { removeRows, sweepLeftRows, sweepRows } from './rows.ts';

interface Deletion {
  readonly DeleteRequest: { readonly Key: { readonly id: { readonly S: string } } };
}

const rowsOf = (name: string, count = 1) =>
  Array.from({ length: count }, (_, index) => ({ id: { S: `${name} ${index}` }, name: { S: name } }));

interface Options {
  /** How many deletions of the first request the table doesn't carry out; none by default. */
  readonly unprocessed?: number;
  readonly quietFor?: (wait: Quiet) => Promise<number | undefined>;
}

/** A subject whose only table has these rows, by id, and the sizes of the requests that delete some. */
function subjectWith(rows: ReturnType<typeof rowsOf>, { unprocessed = 0, quietFor }: Options = {}) {
  const left = new Map(rows.map((row) => [row.id.S, row]));
  const deleted: number[] = [];
  const client = answeringClient({
    DescribeTableCommand: () => ({ Table: { KeySchema: [{ AttributeName: 'id' }] } }),
    ScanCommand: () => ({ Items: [...left.values()] }),
    BatchWriteItemCommand({ RequestItems }: { RequestItems: Record<string, Deletion[]> }) {
      const asked = RequestItems.Connections ?? [];
      const done = asked.length - (deleted.length === 0 ? unprocessed : 0);
      deleted.push(asked.length);
      for (const { DeleteRequest } of asked.slice(0, done)) left.delete(DeleteRequest.Key.id.S);
      return { UnprocessedItems: done === asked.length ? {} : { Connections: asked.slice(done) } };
    },
  });
  const subject = {
    root: '/nowhere',
    lab: '01-missing-route',
    target: { kind: 'practice', title: 'the practice account', clients: { dynamodb: async () => client }, quietFor },
    resources: [{ type: 'AWS::DynamoDB::Table', logicalId: 'Table', physicalId: 'Connections' }],
  } as unknown as Parameters<typeof sweepRows>[0];
  return { subject, left, deleted };
}

test('deletes as many rows with one request as DynamoDB allows, and again what it leaves', async () => {
  const rows = rowsOf('Ada', 60);
  const { subject, left, deleted } = subjectWith(rows, { unprocessed: 2 });
  await removeRows(subject, 'Connections', rows);
  expect(deleted).toEqual([25, 25, 12]);
  expect(left.size).toBe(0);
});

test('deletes the rows that the room keeps once no function has been running for a while', async () => {
  const quiet = [0, 30, 50];
  const asked: Quiet[] = [];
  const quietFor = async (wait: Quiet) => quiet[asked.push(wait) - 1];
  const { subject, left, deleted } = subjectWith([...rowsOf('Ada', 2), ...rowsOf('Mallory')], { quietFor });
  await sweepRows(subject, new Set(['Ada']));
  expect(asked).toEqual([20, 40, 80].map((longest) => ({ least: 50, longest })));
  expect([[...left.keys()], deleted]).toEqual([['Mallory 0'], [2]]);
});

test('does not wait if the room has removed them', async () => {
  const quietFor = vi.fn(async () => 0);
  const { subject, deleted } = subjectWith(rowsOf('Mallory'), { quietFor });
  await sweepRows(subject, new Set(['Ada']));
  expect([quietFor.mock.calls.length, deleted]).toEqual([0, []]);
});

test('lets the room remove them for a while if an account cannot say', async () => {
  const { subject, left, deleted } = subjectWith(rowsOf('Ada'));
  const sweeping = sweepRows(subject, new Set(['Ada']));
  setTimeout(() => left.clear(), 30);
  await sweeping;
  expect(deleted).toEqual([]);
});

test('removes what a killed command left, but no rows of people whom a running check put into the room', async () => {
  const { subject, left } = subjectWith([...rowsOf('Ines Quail'), ...rowsOf('ada.schoonn')]);
  const root = await mkdtemp(join(tmpdir(), 'rows-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const { signal: ended } = new AbortController();
  await startNote({ ...subject, root, ended }, 'visits').add('Ines Quail', 'ada.schoonn');
  const folder = join(root, '.lab', 'visits');
  const [file = ''] = await readdir(folder);
  const note = JSON.parse(await readFile(join(folder, file), 'utf8'));
  const { pid } = spawnSync(process.execPath, ['--version']);
  await writeFile(join(folder, file), JSON.stringify({ ...note, pid }));
  await startNote({ ...subject, root, ended }, 'visits').add('ada.schoonn');
  await sweepLeftRows({ ...subject, root });
  expect([...left.keys()]).toEqual(['ada.schoonn 0']);
});

test('removes what an earlier check of this process left, and then its note', async () => {
  const { subject, left } = subjectWith([...rowsOf('Ines Quail'), ...rowsOf('ada.schoonn')]);
  const root = await mkdtemp(join(tmpdir(), 'rows-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const check = new AbortController();
  await startNote({ ...subject, root, ended: check.signal }, 'visits').add('Ines Quail');
  const drop = await sweepLeftRows({ ...subject, root });
  await drop();
  expect(left.size).toBe(2);
  check.abort();
  const dropLeft = await sweepLeftRows({ ...subject, root });
  expect([...left.keys()]).toEqual(['ada.schoonn 0']);
  expect(await readdir(join(root, '.lab', 'visits'))).toHaveLength(1);
  await dropLeft();
  expect(await readdir(join(root, '.lab', 'visits'))).toEqual([]);
});
