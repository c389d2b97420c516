import { expect, test } from 'vitest';
import { keyOf, type RoomTable } from './room-tables.ts';
import { aged, asRowOf, idOf, renamed, withId } from './row-copies.ts';

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
