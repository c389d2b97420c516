import { expect, test } from 'vitest';
import { saysThatItIsShut, shutDoor } from '../../../tests/checker/shut-door.ts';
import { newcomersGetTheHistory, type Observation, whatIsWrong } from './newcomers-get-the-history.ts';
import type { Newcomer } from './remember.ts';

const room = { apiId: 'api1', api: 'Api', stageName: 'room', address: 'ws://127.0.0.1/room' };
const message = (text: string) => ({ type: 'message', channel: 'kite', from: 'Ada', text, at: '2026-11-28', id: text });
const wanted = ['Tea?', 'Milk?', 'Cake?'].map(message);
const [tea = message(''), milk = message(''), cake = message('')] = wanted;
const linus: Newcomer = { who: 'Linus', channel: 'kite', wanted, got: wanted };

test('nothing is wrong if somebody got the messages, in order and once, or nothing in an empty channel', () => {
  expect(whatIsWrong(linus)).toBeUndefined();
  expect(whatIsWrong({ ...linus, wanted: [], got: [] })).toBeUndefined();
  expect(whatIsWrong({ ...linus, got: wanted.map((each) => ({ ...each, isOld: true })) })).toBeUndefined();
  const { from: _, ...ofEither } = tea;
  expect(whatIsWrong({ ...linus, wanted: [ofEither, milk, cake] })).toBeUndefined();
});

test.each<[string, Partial<Newcomer>, string]>([
  ['an error', { got: [], told: '{"message":"Internal server error"}' }, 'got an error: "Internal server error"'],
  ['nothing', { got: [] }, 'got none of the 3 messages'],
  ['nothing of their own', { name: 'Ada', got: [] }, 'none of the 3 messages. Linus had sent them.'],
  ['some of them', { got: [tea, cake] }, "didn't get 1 of the last 3 messages"],
  ['older ones, too', { got: [message('Old.'), ...wanted] }, 'such as "Old."'],
  ['one of them twice', { got: [...wanted, tea] }, 'more than once'],
  ['the newest first', { got: [...wanted].reverse() }, 'in the wrong order'],
  ['one under another name', { got: [tea, { ...milk, from: 'Linus' }, cake] }, '`from` was "Ada" and is "Linus"'],
  ['one without an id', { got: [{ ...tea, id: undefined }, milk, cake] }, '`id` was "Tea?" and is missing'],
  ['an older one instead of the last', { got: [message('Old.'), tea, milk] }, "didn't get 1 of the last 3 messages"],
  ['one cut off', { got: [tea, milk, message('Ca')] }, 'its text was "Cake?" and is "Ca"'],
  ['one without a text, too', { got: [...wanted, message('')] }, 'without a text'],
  ['them with Ada', { overheard: 'Ada' }, "Ada, who hadn't asked, got the messages again"],
  ["another channel's", { believed: 'lamp' }, 'asked for the history of "lamp", and got it'],
  [
    'an error in an empty channel',
    { wanted: [], got: [], told: '{"message":"Internal server error"}' },
    'nobody had said anything',
  ],
  ['a message in an empty channel', { wanted: [], got: [tea] }, 'but got a message: "Tea?"'],
])('it is wrong if somebody got %s', (_, newcomer, words) => {
  expect(whatIsWrong({ ...linus, ...newcomer })).toContain(words);
});

function judge(seen: Partial<Observation>) {
  return newcomersGetTheHistory.judge({
    room,
    hasRoute: true,
    newcomers: [linus],
    conversation: [],
    failure: [],
    ...seen,
  });
}

test('passes if everyone got theirs, and fails if one did not', () => {
  expect(judge({}).outcome).toBe('passed');
  expect(judge({ newcomers: [linus, { ...linus, got: [] }] }).outcome).toBe('failed');
});

test('points at the sender if no table has what somebody missed, and at the reader if one does', () => {
  const newcomers = [{ ...linus, got: [tea, milk] }];
  expect(judge({ newcomers, missed: { 'Cake?': [] } })).toMatchObject({
    actual: expect.stringContaining("didn't get 1 of the last 3 messages. No table of the stack has it."),
    at: { handler: 'history/send-message.ts' },
  });
  expect(judge({ newcomers, missed: { 'Cake?': ['Archive'] } })).toMatchObject({
    actual: expect.stringContaining("didn't get 1 of the last 3 messages. The table Archive has it."),
    at: { handler: 'history/history.ts' },
  });
});

test('fails if no message could be sent, and decides nothing if API Gateway throttles', () => {
  expect(judge({ unheard: { who: 'Ada' }, newcomers: [] })).toMatchObject({
    at: { handler: 'history/send-message.ts' },
  });
  expect(judge({ refused: 429, newcomers: [] }).outcome).toBe('inconclusive');
});

test('says who got an error for a message, and what it was', () => {
  const unheard = { who: 'Ada', told: '{"message": "Internal server error", "connectionId":"a"}' };
  expect(judge({ unheard, newcomers: [] })).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining('Ada sent a message and got an error: "Internal server error"'),
  });
});

test('points at the API if it has no route for the history', () => {
  const got = { told: '{"type":"error","message":"I do not know the action \\"history\\"."}', got: [] };
  expect(judge({ hasRoute: false, newcomers: [{ ...linus, ...got }] })).toMatchObject({ at: room.api });
});

test('says so if nobody can connect', () => {
  expect(judge({ newcomers: [], ...shutDoor })).toMatchObject(saysThatItIsShut);
});
