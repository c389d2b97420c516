import { expect, test } from 'vitest';
import { type RowByRow, wrongRowByRow } from './row-by-row.ts';

const right: RowByRow = {
  speaker: 'Ada',
  heard: { Ada: 1, Grace: 1 },
  rows: 64,
  living: [],
  left: 0,
  lost: [],
};
const told = { who: 'Ada', text: '{"message":"Internal server error"}' };

test('finds nothing wrong if everyone got the message and no stale row stayed', () => {
  expect(wrongRowByRow(right)).toBeUndefined();
});

test.each<[string, Partial<RowByRow>, string, string]>([
  ['an error after everyone got the message', { told, left: 60 }, 'and got an error: "Internal', 'error-instead'],
  ['an error on whole pages', { told, failsOnWholePages: true }, 'With whole pages, the next message', 'error-instead'],
  ['a message without its sender', { instead: { Grace: '{"type"' } }, 'and Grace got something else', 'something-else'],
  ['a message that somebody got twice', { heard: { Ada: 1, Grace: 2 } }, 'Grace got it 2 times', 'heard-twice'],
  ['stale rows that stay', { left: 35 }, 'but 35 rows of stale connections are still in the table', 'rows-stay'],
  ['a stale row that stays', { left: 1 }, 'but the row of a stale connection is still', 'rows-stay'],
  ['a row of somebody present that is deleted', { told, lost: ['Grace'] }, 'Grace is connected', 'living-row-deleted'],
])('finds %s', (_, more, words, finding) => {
  expect(wrongRowByRow({ ...right, ...more })).toMatchObject({
    actual: expect.stringContaining(words),
    finding: { id: finding },
  });
});
