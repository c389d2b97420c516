import { expect, test } from 'vitest';
import { newcomersGetTheHistory, type Observation, whatIsWrong } from './newcomers-get-the-history.ts';
import type { Newcomer } from './remember.ts';

const room = { apiId: 'api1', api: 'Api', stageName: 'room', address: 'ws://127.0.0.1/room' };
const wanted = ['Tea?', 'Milk?', 'Cake?'];
const linus: Newcomer = { who: 'Linus', channel: 'kite', wanted, got: wanted };

test('nothing is wrong if somebody got the messages, in order and once', () => {
  expect(whatIsWrong(linus)).toBeUndefined();
});

test.each<[string, Partial<Newcomer>, string]>([
  ['an error', { got: [], told: 'Internal server error' }, 'got an error: "Internal server error"'],
  ['nothing', { got: [] }, 'got none of the 3 messages'],
  ['some of them', { got: ['Tea?', 'Cake?'] }, "didn't get 1 of the last 3 messages"],
  ['older ones, too', { got: ['Old.', ...wanted] }, 'such as "Old."'],
  ['one of them twice', { got: [...wanted, 'Tea?'] }, 'more than once'],
  ['the newest first', { got: [...wanted].reverse() }, 'in the wrong order'],
])('it is wrong if somebody got %s', (_, newcomer, words) => {
  expect(whatIsWrong({ ...linus, ...newcomer })).toContain(words);
});

function judge(seen: Partial<Observation>) {
  return newcomersGetTheHistory.judge({ room, newcomers: [linus], conversation: [], failure: [], ...seen });
}

test('passes if everyone got theirs, and fails if one did not', () => {
  expect(judge({}).outcome).toBe('passed');
  expect(judge({ newcomers: [linus, { ...linus, got: [] }] }).outcome).toBe('failed');
});

test('fails if no message could be sent, and decides nothing if API Gateway throttles', () => {
  expect(judge({ unheard: 'Tea?', newcomers: [] })).toMatchObject({ at: { handler: 'history/send-message.ts' } });
  expect(judge({ refused: 429, newcomers: [] }).outcome).toBe('inconclusive');
});
