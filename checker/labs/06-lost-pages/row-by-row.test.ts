import { expect, test } from 'vitest';
import { everyPageIsRead } from './every-page-is-read.ts';
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
  [
    'a message missed behind many rows',
    { heard: { Ada: 0 }, perPage: 4 },
    'returned 4 per page. Ada',
    'not-every-page',
  ],
  ['stale rows that stay', { left: 35 }, 'but 35 rows of stale connections are still in the table', 'rows-stay'],
  ['a stale row that stays', { left: 1 }, 'but the row of a stale connection is still', 'rows-stay'],
  ['a row of somebody present that is deleted', { told, lost: ['Grace'] }, 'Grace is connected', 'living-row-deleted'],
])('finds %s', (_, more, words, finding) => {
  expect(wrongRowByRow({ ...right, ...more })).toMatchObject({
    actual: expect.stringContaining(words),
    finding: { id: finding },
  });
});

test('says that a larger number of rows took too long', () => {
  const remark = expect.stringContaining('contain the number 1000, which can be a limit.');
  expect(judged({ ...right, untried: 1000 }, false)).toMatchObject({ outcome: 'passed', remark });
});

test.each<[string, Partial<RowByRow>, string]>([
  ['passes on whole pages, after everyone got it', { failsOnWholePages: false }, 'inconclusive'],
  ['passes on whole pages', { heard: { Ada: 0, Grace: 0 }, failsOnWholePages: false }, 'inconclusive'],
  ['times out on whole pages, too', { failsOnWholePages: true }, 'failed'],
  ['times out before everyone got it', { heard: { Ada: 1, Grace: 0 } }, 'failed'],
])('judges a function that times out row by row and %s', (_, more, outcome) => {
  expect(judged({ ...right, told, ...more }, true).outcome).toBe(outcome);
});

function judged(rowByRow: RowByRow, timedOut: boolean) {
  const said = { speaker: 'Ada', heard: { Ada: 1, Grace: 1 } };
  const row = (of: string, page: number) => ({ id: of, of, page, isLeft: true });
  return everyPageIsRead.judge({
    room: { apiId: 'api1', api: 'Api', stageName: 'room', address: 'ws://127.0.0.1/room' },
    wanted: 5,
    spoken: { first: said, second: said, left: [], lost: [] },
    rows: [row('Ada', 1), row('Grace', 5)],
    table: 'Connections',
    tables: ['Connections'],
    conversation: [],
    log: [],
    timedOut,
    rowByRow,
  });
}
