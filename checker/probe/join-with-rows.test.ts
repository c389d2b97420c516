import { expect, test } from 'vitest';
import type { RoomTable } from './ghosts.ts';
import type { Participant } from './join-all.ts';
import { rowOf } from './join-with-rows.ts';
import type { Row } from './rows.ts';

const table: RoomTable = { name: 'Connections', keys: ['connectionId'] };
const ada = { label: 'Ada', person: { name: 'ada' } as Participant['person'], secrets: [] };
const row = (id: string, name?: string, seen = '1'): Row => ({
  connectionId: { S: id },
  seen: { N: seen },
  ...(name === undefined ? {} : { name: { S: name } }),
});
const [first, second] = ['L0SM9cOFvHcCIhw=', 'M1xB2dPGwIdDJix='];

test.each<[string, readonly Row[], readonly Row[], string | undefined]>([
  ['the one with their name', [], [row(second), row(first, 'ada')], first],
  ['not an earlier one with their name', [row(first, 'ada')], [row(first, 'ada'), row(second, 'ada')], second],
  ['a new one without a name', [row(first)], [row(first), row(second)], second],
  ["not somebody else's, which has changed", [row(first)], [row(second), row(first, undefined, '2')], second],
  ['none if only other rows have changed', [row(first)], [row(first, undefined, '2')], undefined],
  ['none if a new one has no connection id', [], [row('statistics')], undefined],
])('the row of somebody who joins is %s', (_, before, now, id) => {
  const found = (rows: readonly Row[]) => rows.map((each) => ({ table, row: each }));
  expect(rowOf(ada, found(before), found(now))?.row.connectionId?.S).toBe(id);
});
