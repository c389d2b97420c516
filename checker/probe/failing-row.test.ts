import { expect, test } from 'vitest';
import { copiesOf } from './failing-row.ts';
import type { RoomTable } from './room-tables.ts';

const table: RoomTable = { name: 'Connections', keys: ['connectionId'] };
const id = 'L0SM9cOFvHcCIhw=';
const row = { connectionId: { S: id }, name: { S: 'ada' } };
const copies = (more: Parameters<typeof copiesOf>[0][number]['row']) =>
  copiesOf([{ table, row: { ...row, ...more } }], 'ada', 'M1SM9cOFvHcCIhw=');

test('copies a row with another id', () => {
  expect(copies({ url: { S: `ws/${id}` } })).toMatchObject([
    { table, row: { connectionId: { S: 'M1SM9cOFvHcCIhw=' }, url: { S: 'ws/M1SM9cOFvHcCIhw=' } } },
  ]);
});

test("copies no row that also has the id in binary, where it can't be replaced", () => {
  expect(copies({ raw: { B: Buffer.from(id) } })).toEqual([]);
});
