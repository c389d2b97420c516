import { expect, test } from 'vitest';
import { type Observation, otherErrorsAreReported } from './other-errors-are-reported.ts';

const reported: Observation = {
  room: { apiId: 'api1', api: 'Api', stageName: 'room', address: 'ws://127.0.0.1/room' },
  id: 'L0SM9c',
  table: 'Connections',
  isLeft: true,
  told: '{"message": "Internal server error", "connectionId":"M1x=", "requestId":"R2y="}',
  conversation: [],
};

test('passes if the sender got an error and the row is there', () => {
  expect(otherErrorsAreReported.judge(reported).outcome).toBe('passed');
});

test('decides nothing if API Gateway throttles', () => {
  expect(otherErrorsAreReported.judge({ ...reported, refused: 429 }).outcome).toBe('inconclusive');
});

test.each<[string, Partial<Observation>, string, string | undefined]>([
  ['the sender got no error', { told: undefined }, 'Ada got no error', 'error-swallowed'],
  ['the row was deleted', { isLeft: false, told: undefined }, 'deleted the row L0SM9c', 'other-row-deleted'],
  ['the row was deleted and the sender got an error', { isLeft: false }, 'Ada got an error', 'other-row-deleted'],
  [
    'Ada was not admitted',
    { refused: 403, door: { actual: 'answered with 403', at: 'Stage', evidence: [] } },
    '403',
    undefined,
  ],
  ['Ada has no row', { id: undefined }, 'no table', undefined],
])('fails if %s', (_, more, words, finding) => {
  const judgement = otherErrorsAreReported.judge({ ...reported, ...more });
  expect(judgement).toMatchObject({ outcome: 'failed', actual: expect.stringContaining(words) });
  expect('finding' in judgement ? judgement.finding?.id : undefined).toBe(finding);
});
