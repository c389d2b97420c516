import { expect, test } from 'vitest';
import { type Observation, unknownActionIsNamed } from './unknown-action-is-named.ts';

const named: Observation = {
  room: { apiId: 'api1', api: 'Api', stageName: 'room', address: 'ws://127.0.0.1/room' },
  action: 'juggle-lantern',
  answer: '{"type":"error","message":"I do not know the action \\"juggle-lantern\\"."}',
  conversation: [],
};

test('passes if the answer names the action', () => {
  expect(unknownActionIsNamed.judge(named).outcome).toBe('passed');
});

test('decides nothing if API Gateway throttles', () => {
  expect(unknownActionIsNamed.judge({ ...named, refused: 429 }).outcome).toBe('inconclusive');
});

test.each<[string, Partial<Observation>, string]>([
  ['another action is named', { answer: '{"message":"I do not know the action \\"dance\\"."}' }, 'juggle-lantern'],
  ['no answer comes', { answer: undefined }, 'no answer'],
  ['nobody is admitted', { refused: 403 }, '403'],
])('fails if %s', (_, more, words) => {
  const judgement = unknownActionIsNamed.judge({ ...named, ...more });
  expect(judgement).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining(words),
    at: { handler: 'default.ts' },
  });
});
