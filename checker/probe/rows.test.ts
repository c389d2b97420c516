import { expect, test } from 'vitest';
import { aged } from './ghosts.ts';
import { holdsRecentTime, type Row } from './rows.ts';

const now = Date.now();
const id = { S: 'L0SM9cOFvHcCIhw=' };
const [millis, seconds, iso] = [String(now - 100), String(Math.floor(now / 1000)), new Date(now).toISOString()];

test.each<[string, Row]>([
  ['milliseconds', { id, at: { N: millis } }],
  ['seconds', { id, at: { N: `${seconds}.25` } }],
  ['ISO 8601', { id, at: { S: iso } }],
  ['a text with milliseconds', { id, at: { S: `CONN#${millis}` } }],
  ['a text with ISO 8601', { id, at: { S: `${iso}#${id.S}` } }],
  ['a time in another time zone', { id, at: { S: new Date(now + 3_600_000).toISOString().replace('Z', '+01:00') } }],
  ['a map', { id, visit: { M: { at: { N: millis } } } }],
])('a row holds a recent time: %s', (_, row) => {
  expect(holdsRecentTime(row)).toBe(true);
});

test.each<[string, Row]>([
  ['no time at all', { id, name: { S: 'ada-7f3k' } }],
  ['an earlier time', { id, at: { N: String(now - 3_600_000) } }],
  ['a later time', { id, expiresAt: { N: String(now + 7_200_000) } }],
  ['digits in a longer number', { id, order: { S: `${millis}7` } }],
])('a row holds no recent time: %s', (_, row) => {
  expect(holdsRecentTime(row)).toBe(false);
});

test('a row that was made old still holds a recent time if that is in its key', () => {
  const row = { id, connectedAt: { N: millis } };
  expect(holdsRecentTime(aged(row, { name: 'Connections', keys: ['id'] }))).toBe(false);
  expect(holdsRecentTime(aged(row, { name: 'Connections', keys: ['id', 'connectedAt'] }))).toBe(true);
});
