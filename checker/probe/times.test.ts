import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { aged } from './row-copies.ts';
import type { Row } from './rows.ts';
import { holdsRecentTime, longBefore } from './times.ts';

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
  ['toUTCString()', { id, at: { S: new Date(now).toUTCString() } }],
  ['toLocaleString()', { id, at: { S: new Date(now).toLocaleString('en-US', { timeZone: 'UTC' }) } }],
  ['toString()', { id, at: { S: String(new Date(now)) } }],
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

test('a row that was made a little older holds no time more recent than that', () => {
  const row = aged({ id, connectedAt: { N: millis } }, { name: 'Connections', keys: ['id'] }, 240_000);
  expect([holdsRecentTime(row), holdsRecentTime(row, 120_000)]).toEqual([true, false]);
});

test('a row that was made old still holds a recent time if that is in its key', () => {
  const row = { id, connectedAt: { N: millis } };
  expect(holdsRecentTime(aged(row, { name: 'Connections', keys: ['id'] }))).toBe(false);
  expect(holdsRecentTime(aged(row, { name: 'Connections', keys: ['id', 'connectedAt'] }))).toBe(true);
});

describe('a row that is made old', () => {
  const then = Date.parse('2026-11-02T09:29:59.900Z');
  const old = (value: AttributeValue) => longBefore(value, { age: 75 * 60_000, now: then + 100 });

  test.each<[string, AttributeValue, AttributeValue]>([
    ['milliseconds', { N: String(then) }, { N: String(then - 75 * 60_000) }],
    ['seconds', { N: '1793611799.9' }, { N: '1793607299.9' }],
    ['ISO 8601', { S: '2026-11-02T09:29:59.900Z' }, { S: '2026-11-02T08:14:59.900Z' }],
    ['ISO 8601 without a zone', { S: '2026-11-02T09:29:59.900' }, { S: '2026-11-02T08:14:59.900' }],
    ['ISO 8601 with a space', { S: 'on 2026-11-02 09:29:59' }, { S: 'on 2026-11-02 08:14:59' }],
    ['ISO 8601 to the minute', { S: '2026-11-02T09:29Z' }, { S: '2026-11-02T08:14:00.000Z' }],
    ['ISO 8601 to the microsecond', { S: '2026-11-02T09:29:59.900123' }, { S: '2026-11-02T08:14:59.900' }],
    ['the end of a sentence', { S: 'Since 2026-11-02T09:29:59.' }, { S: 'Since 2026-11-02T08:14:59.' }],
    ['toLocaleString()', { S: '11/2/2026, 9:29:59\u202fAM' }, { S: '11/2/2026, 8:14:59\u202fAM' }],
    ['toLocaleString() of old', { S: '11/2/2026, 9:29:59 AM' }, { S: '11/2/2026, 8:14:59 AM' }],
    ['toUTCString()', { S: 'Mon, 02 Nov 2026 09:29:59 GMT' }, { S: 'Mon, 02 Nov 2026 08:14:59 GMT' }],
    [
      'toString()',
      { S: 'Mon Nov 02 2026 09:29:59 GMT+0000 (Coordinated Universal Time)' },
      { S: 'Mon Nov 02 2026 08:14:59 GMT+0000 (Coordinated Universal Time)' },
    ],
    ["API Gateway's requestTime", { S: '02/Nov/2026:09:29:59 +0000' }, { S: '02/Nov/2026:08:14:59 +0000' }],
    ['milliseconds as a text', { S: String(then) }, { S: String(then - 75 * 60_000) }],
    ['JSON', { S: `{"at":${then}}` }, { S: `{"at":${then - 75 * 60_000}}` }],
    ['a map', { M: { at: { N: String(then) } } }, { M: { at: { N: String(then - 75 * 60_000) } } }],
  ])('has its times set back: %s', (_, value, expected) => {
    expect(old(value)).toEqual(expected);
  });

  test('expires sooner, but not yet', () => {
    expect(old({ N: String(then + 100 + 7_200_000) })).toEqual({ N: String(then + 100 + 3_600_000) });
  });

  test.each<AttributeValue>([{ N: '7' }, { S: 'Ada' }, { S: '2026-11-02' }, { BOOL: true }])(
    'keeps everything else: %o',
    (value) => {
      expect(old(value)).toBeUndefined();
    },
  );
});
