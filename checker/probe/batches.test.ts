import { expect, test } from 'vitest';
import { batchesOf } from './batches.ts';

const rowIn = (name: string, id: string, bytes = 0) => ({
  table: { name, keys: ['connectionId'] },
  row: { connectionId: { S: id }, about: { S: 'x'.repeat(bytes) } },
});

const sizes = (rows: ReturnType<typeof rowIn>[]) => batchesOf(rows).map((batch) => batch.rows.length);

test('a batch has at most 25 rows', () => {
  expect(sizes([])).toEqual([]);
  expect(sizes(Array.from({ length: 60 }, (_, id) => rowIn('Connections', `${id}`)))).toEqual([25, 25, 10]);
});

test('large rows come alone', () => {
  const large = [1, 2].map((id) => rowIn('Connections', `${id}`, 300_000));
  expect(sizes([rowIn('Connections', 'a'), ...large, rowIn('Connections', 'b'), rowIn('Connections', 'c')])).toEqual([
    1, 1, 1, 2,
  ]);
});

test('a batch has rows of one table, and none twice', () => {
  expect(sizes([rowIn('Connections', 'a'), rowIn('Members', 'a'), rowIn('Members', 'b')])).toEqual([1, 2]);
  expect(sizes([rowIn('Connections', 'a'), rowIn('Connections', 'b'), rowIn('Connections', 'a')])).toEqual([2, 1]);
});
