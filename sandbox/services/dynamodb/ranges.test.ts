import { expect, test } from 'vitest';
import type { DynaliteDb } from './dynalite.ts';
import { Ranges } from './ranges.ts';

/** A database whose reads and writes end when the test says so. */
function slowDb() {
  const rows: string[] = [];
  const reads: Array<() => void> = [];
  const endReads = () => {
    for (const end of reads.splice(0)) end();
  };
  const values = () => ({
    all: () => {
      const seen = [...rows];
      return new Promise<unknown[]>((resolve) => reads.push(() => resolve(seen)));
    },
  });
  return { ranges: new Ranges({ values } as unknown as DynaliteDb), rows, endReads };
}

async function read({ ranges, endReads }: ReturnType<typeof slowDb>, range?: object): Promise<unknown[]> {
  const values = ranges.values(range);
  endReads();
  return values;
}

test('reads the same range once, and each time returns other objects', async () => {
  const db = slowDb();
  db.rows.push('{"id":1}');
  const first = await read(db, { gt: 'a' });
  Object.assign(first[0] as object, { id: 2 });
  expect(await db.ranges.values({ gt: 'a' })).toEqual([{ id: 1 }]);
  expect(await read(db, { gt: 'b' })).toEqual([{ id: 1 }]);
});

test('reads again after a write, and after a read that a write overlapped', async () => {
  const db = slowDb();
  expect(await read(db)).toEqual([]);
  const early = db.ranges.values({ limit: 1 });
  await db.ranges.whileWriting(async () => db.rows.push('1'));
  expect(await read(db)).toEqual([1]);
  db.endReads();
  expect(await early).toEqual([]);
  expect(await read(db, { limit: 1 })).toEqual([1]);
});

test('remembers nothing that is read during a write, even one that fails', async () => {
  const db = slowDb();
  let fail: (error: Error) => void = () => {};
  const failing = new Promise((_resolve, reject) => {
    fail = reject;
  });
  const writing = db.ranges.whileWriting(() => failing);
  expect(await read(db)).toEqual([]);
  db.rows.push('1');
  expect(await read(db)).toEqual([1]);
  fail(new Error('The disk is full.'));
  await expect(writing).rejects.toThrow('full');
  db.rows.push('2');
  expect(await read(db)).toEqual([1, 2]);
});

test("doesn't remember more than its share of memory", async () => {
  const db = slowDb();
  db.rows.push(JSON.stringify('x'.repeat(300 * 1024)));
  await read(db);
  db.rows.push('1');
  expect(await read(db)).toHaveLength(2);
});
