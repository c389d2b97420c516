import { expect, test } from 'vitest';
import type { Failing } from './meet-failing.ts';
import { type Observation, otherErrorsAreReported } from './other-errors-are-reported.ts';

const told = '{"message": "Internal server error", "connectionId":"M1x=", "requestId":"R2y="}';
const once = { Ada: 1, Grace: 1, Linus: 1 };
const first: Failing = {
  id: 'l0sm9c',
  answer: '400 Bad Request',
  copyOf: 'Linus',
  speaker: 'Ada',
  heard: once,
  told,
  isLeft: true,
  lost: [],
};
const second: Failing = { ...first, id: 'k9a', speaker: 'Grace' };
const refused: Failing = { ...first, id: 'K9aT7eQHxJeE1w=', answer: '403 Forbidden' };
const reported: Observation = {
  room: { apiId: 'api1', api: 'Api', stageName: 'room', address: 'ws://127.0.0.1/room' },
  table: 'Connections',
  failing: [first, second],
  conversation: [],
};
const withFirst = (more: Partial<Failing>): Partial<Observation> => ({ failing: [{ ...first, ...more }] });
const { told: _, ...untold } = first;

test('passes if all senders got an error, everyone got the messages, and all rows are there', () => {
  expect(otherErrorsAreReported.judge(reported).outcome).toBe('passed');
});

test.each<[string, Partial<Observation>, string]>([
  ['API Gateway throttles', { refused: 429 }, ''],
  ['the rows have no id that can be replaced', { failing: undefined }, "can't replace the connection ids"],
  ["the copy of somebody's row leads to them", withFirst({ heard: { ...once, Linus: 2 } }), 'Linus got it 2 times'],
  [
    'it does, and there is no error',
    { failing: [{ ...untold, heard: { ...once, Linus: 2 } }] },
    'still leads to Linus',
  ],
])('decides nothing if %s', (_, more, words) => {
  const judgement = otherErrorsAreReported.judge({ ...reported, ...more });
  expect(judgement).toMatchObject({ outcome: 'inconclusive', reason: expect.stringContaining(words) });
});

test.each<[string, Partial<Observation>, string, string | undefined]>([
  ['the sender got no error', { failing: [untold] }, 'Ada got no error', 'error-swallowed'],
  [
    'the second sender got no error',
    { failing: [first, { ...untold, id: 'k9a', speaker: 'Grace' }] },
    'like the one to l0sm9c before, but Grace got no error',
    'error-swallowed',
  ],
  [
    'the sender got no error the second time',
    { failing: [first, { ...untold, speaker: 'Grace' }] },
    'fails with 400 Bad Request, as it did before, but Grace got no error',
    'error-swallowed',
  ],
  [
    'the sender got no error about a new connection',
    { failing: [first, { ...refused, told: undefined, isNew: true }] },
    'a connection that has just begun, fails with 403 Forbidden, but Ada got no error',
    'error-swallowed',
  ],
  [
    'the second sender got no error because a connection was gone',
    { failing: [first, { ...untold, id: 'k9a', speaker: 'Grace', isAmongGone: true }] },
    'fails with 410 Gone, too, and Grace got no error',
    'error-swallowed',
  ],
  [
    'somebody got no error about their other tab',
    { failing: [first, second, { ...untold, speaker: 'Linus' }] },
    "The post to l0sm9c, which seems to be Linus's other tab, fails with 400 Bad Request",
    'error-swallowed',
  ],
  [
    'the error is in an answer that nobody gets',
    { failing: [untold], hasErrorStatus: true },
    'in the practice account, such an answer reaches nobody',
    'error-swallowed',
  ],
  [
    'the sender got no error about another failure',
    { failing: [first, second, { ...refused, told: undefined }] },
    'The post to K9aT7eQHxJeE1w= fails with 403 Forbidden, but Ada got no error',
    'error-swallowed',
  ],
  [
    'the row was deleted because of another failure',
    { failing: [first, second, { ...refused, isLeft: false }] },
    "403 Forbidden doesn't mean",
    'other-row-deleted',
  ],
  [
    'the sender got no error for the first of many rows',
    withFirst({ told: undefined, amongMany: 'first' }),
    'The post to l0sm9c, whose row comes before 60 rows of stale connections in a scan, fails',
    'error-swallowed',
  ],
  [
    'the sender got no error for the last of many rows',
    withFirst({ told: undefined, amongMany: 'last' }),
    'whose row comes behind 60 rows',
    'error-swallowed',
  ],
  ['the row was deleted', { failing: [{ ...untold, isLeft: false }] }, 'deleted the row l0sm9c', 'other-row-deleted'],
  [
    'the row was deleted and the sender got an error',
    withFirst({ isLeft: false }),
    'Ada got an error',
    'other-row-deleted',
  ],
  ["the sender's row was deleted", withFirst({ lost: ['Ada'] }), 'Ada is connected', 'other-row-deleted'],
  [
    "everyone's rows were deleted",
    withFirst({ lost: ['Ada', 'Grace', 'Linus'] }),
    'deleted their rows',
    'other-row-deleted',
  ],
  [
    'somebody got a different text',
    withFirst({ heard: { ...once, Linus: 0 }, instead: { Linus: '{"type":"message","text":"HI"}' } }),
    'Linus got something else: {"type"',
    'different-text',
  ],
  [
    'everybody got it twice',
    withFirst({ heard: { Ada: 2, Grace: 2, Linus: 2 } }),
    'Ada sent one message, and got it 2 times',
    'heard-twice',
  ],
  [
    'somebody was not admitted',
    { refused: 403, door: { actual: 'answered with 403', at: 'Stage', evidence: [] } },
    '403',
    undefined,
  ],
  ['somebody has no row', { rowless: ['Ada'], failing: undefined }, 'Ada connected, but no table', undefined],
])('fails if %s', (_, more, words, finding) => {
  const judgement = otherErrorsAreReported.judge({ ...reported, ...more });
  expect(judgement).toMatchObject({ outcome: 'failed', actual: expect.stringContaining(words) });
  expect('finding' in judgement ? judgement.finding?.id : undefined).toBe(finding);
  if (finding !== undefined) expect(otherErrorsAreReported.findings?.map(({ id }) => id)).toContain(finding);
});

test('marks the rows that were deleted', () => {
  const judgement = otherErrorsAreReported.judge({ ...reported, ...withFirst({ lost: ['Ada'] }) });
  const evidence = 'evidence' in judgement ? judgement.evidence : [];
  expect(evidence.find(({ source }) => source === 'Scan')).toMatchObject({ about: 'Connections', marked: [1] });
});

test('points at `Promise.allSettled`, which rejects for no error, before it points at a catch', () => {
  const { at } = otherErrorsAreReported.judge({ ...reported, failing: [untold] }) as { at?: unknown };
  expect(at).toMatchObject({ near: ['allSettled', 'catch', 'PostToConnectionCommand('] });
});
