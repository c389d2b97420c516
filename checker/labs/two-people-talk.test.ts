import { expect, test } from 'vitest';
import type { Spoken } from '../probe/speak.ts';
import { twoPeopleTalk } from './two-people-talk.ts';

const room = { apiId: 'api1', api: 'Api', stageName: 'room', address: 'ws://127.0.0.1/room' };
const heard: Spoken = {
  reply: { kind: 'message' },
  heard: { speaker: 1, listener: 1 },
  counted: true,
  conversation: [],
};
const check = twoPeopleTalk({ lab: '01-missing-route', needs: [], hints: ['', '', '', ''] });
const judge = (spoken: Spoken) => check.judge({ room, spoken, speaks: 'SendMessage', failure: [] });

test('both heard it, once', () => {
  expect(judge(heard).outcome).toBe('passed');
});

test('a room that is asked too much says nothing of itself', () => {
  expect(judge({ ...heard, refused: 429 }).outcome).toBe('inconclusive');
});

test.each<[string, Partial<Spoken>, string]>([
  ['nobody came in', { refused: 502 }, '502'],
  [
    'the function failed',
    { reply: { kind: 'function failed', text: '' }, heard: { speaker: 0, listener: 0 } },
    'Internal server error',
  ],
  [
    'nobody, and nobody was told',
    { reply: { kind: 'silence' }, heard: { speaker: 0, listener: 0 } },
    'kept it to itself',
  ],
  ['only the speaker', { heard: { speaker: 1, listener: 0 } }, 'Only Ada heard'],
  ['only the others', { heard: { speaker: 0, listener: 1 } }, 'Ada, who said it, did not'],
  ['twice', { heard: { speaker: 2, listener: 2 } }, 'Grace heard it 2 times'],
  ['without a name', { lacks: 'it does not say who said it (`from`)' }, 'who said it'],
  ['once and never again', { counted: false }, 'not what was said after that'],
  [
    'something else',
    { heard: { speaker: 0, listener: 0 }, instead: '{"text":"HELLO"}' },
    'something else than what Ada said: {"text":"HELLO"}',
  ],
])('%s', (_, more, words) => {
  expect(judge({ ...heard, ...more })).toMatchObject({
    outcome: 'failed',
    at: 'SendMessage',
    actual: expect.stringContaining(words),
  });
});
