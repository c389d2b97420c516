import { expect, test } from 'vitest';
import { aged, idOf, keyOf, type RoomTable, renamed, withId } from './ghosts.ts';

const table: RoomTable = { name: 'Connections', keys: ['connectionId'] };
const now = Date.now();
const row = { connectionId: { S: 'L0SM9cOFvHcCIhw=' }, name: { S: 'ada' }, connectedAt: { N: String(now - 100) } };

test('a ghost connected an hour ago, and other times stay as they are', () => {
  const later = { N: String(now + 7_200_000) };
  const ghost = aged({ ...row, expiresAt: later }, table);
  expect(Number(ghost.connectedAt?.N)).toBeGreaterThan(now - 61 * 60_000);
  expect(Number(ghost.connectedAt?.N)).toBeLessThan(now - 59 * 60_000);
  expect(ghost).toMatchObject({ connectionId: row.connectionId, name: row.name, expiresAt: later });
});

test('a key stays the same even if it contains a time', () => {
  const byTime: RoomTable = { name: 'Connections', keys: ['connectionId', 'connectedAt'] };
  expect(aged(row, byTime).connectedAt).toEqual(row.connectedAt);
});

test('a row gets a different name, and a different id wherever the old one appears', () => {
  expect(renamed(row, 'ada', 'grace').name).toEqual({ S: 'grace' });
  const twice = { ...row, socket: { S: 'L0SM9cOFvHcCIhw=' } };
  expect(withId(twice, 'L0SM9c', table)).toMatchObject({ connectionId: { S: 'L0SM9c' }, socket: { S: 'L0SM9c' } });
});

test('the connection id is the part of the key that looks like one', () => {
  const composite: RoomTable = { name: 'Connections', keys: ['room', 'connectionId'] };
  const inRoom = { ...row, room: { S: 'lobby' } };
  expect(idOf(inRoom, composite)).toBe('L0SM9cOFvHcCIhw=');
  expect(idOf(row, table)).toBe('L0SM9cOFvHcCIhw=');
  expect(keyOf(inRoom, composite)).not.toBe(keyOf({ ...inRoom, room: { S: 'attic' } }, composite));
});
