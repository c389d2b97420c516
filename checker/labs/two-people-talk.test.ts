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
const door = { actual: 'Nobody could come in: 502', at: 'Connect', evidence: [] };

test('both heard it, once', () => {
  expect(judge(heard).outcome).toBe('passed');
});

test('nobody came in: the function behind $connect is what to look at', () => {
  const spoken = { ...heard, refused: 502 };
  expect(check.judge({ room, spoken, speaks: 'SendMessage', failure: [], door })).toMatchObject({
    outcome: 'failed',
    actual: door.actual,
    at: 'Connect',
  });
});

test('a room that is asked too much says nothing of itself', () => {
  expect(judge({ ...heard, refused: 429 }).outcome).toBe('inconclusive');
});

test.each<[string, Partial<Spoken>, string]>([
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
