import { expect, test } from 'vitest';
import type { Person } from '../../probe/person.ts';
import { countAnswers, floodUntilDecided } from './flood.ts';
import { floodIsCutOff } from './flood-is-cut-off.ts';

const room = { apiId: 'api1', api: 'Api', stageName: 'room', stage: 'Stage', address: 'ws://127.0.0.1/room' };
const flood = { sent: 155, answered: 101, throttled: 40, allowed: 110 };
const all = { missed: 0 };

test('passes if a flood was cut off and everyone was heard afterward', () => {
  expect(floodIsCutOff.judge({ room, flooded: { flood, chorus: all } })).toMatchObject({
    outcome: 'passed',
    actual: expect.stringContaining('Of 155 messages at once, the room answered 101, and 40 came back as throttled.'),
  });
});

test('says that a flood shows nothing if nothing was answered', () => {
  const silent = { sent: 155, answered: 0, throttled: 0, allowed: 110 };
  expect(floodIsCutOff.judge({ room, flooded: { flood: silent, chorus: all } })).toMatchObject({
    outcome: 'passed',
    actual: expect.stringContaining('the flood shows nothing'),
  });
});

test("says that the script's connection was closed", () => {
  const closed = { sent: 155, answered: 20, throttled: 0, allowed: 110, isClosed: true as const };
  expect(floodIsCutOff.judge({ room, flooded: { flood: closed, chorus: all } })).toMatchObject({
    outcome: 'passed',
    actual: expect.stringContaining("0 came back as throttled. The script's connection was closed."),
  });
});

test('counts only what says so as throttled', () => {
  const heard = [
    { fields: { type: 'error', message: 'There is no text in your message.' } },
    { fields: { type: 'error', message: 'Too many requests.' } },
    { fields: { message: 'Too Many Requests', requestId: 'R2y=' } },
    { fields: { message: 'Internal server error', requestId: 'R2y=' } },
    { fields: {} },
  ];
  expect(countAnswers(heard)).toEqual({ answered: 2, throttled: 1 });
});

test('the conversation alone decides if nobody flooded', () => {
  expect(floodIsCutOff.judge({ room, flooded: { chorus: all } }).outcome).toBe('passed');
  expect(floodIsCutOff.judge({ room, flooded: { chorus: { missed: 1 } } }).outcome).toBe('failed');
});

test('fails if more of a flood was answered than the limits allow', () => {
  const open = { sent: 155, answered: 155, throttled: 0, allowed: 110 };
  expect(floodIsCutOff.judge({ room, flooded: { flood: open, chorus: all } })).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining('The limits allow only 110'),
    at: 'Stage',
  });
});

test('a flood that was too slow for the limits decides nothing', () => {
  const slow = { sent: 155, answered: 155, throttled: 0, allowed: 400 };
  expect(floodIsCutOff.judge({ room, flooded: { flood: slow, chorus: all } })).toMatchObject({
    outcome: 'passed',
    actual: expect.stringMatching(/so long that the limits allow 400, so the flood shows nothing\. Ten people/),
  });
});

test.each([
  ['once if some of it was throttled', [{ answered: 105 }], 155],
  ['twice if the first flood was too slow', [{ allowed: 400 }, { answered: 230 }], 310],
  ['three times on a machine that is too slow', [{ allowed: 400 }, { allowed: 800 }, { allowed: 900 }], 620],
])('floods %s', async (_, floods, sent) => {
  const left = [...floods];
  const last = await floodUntilDecided(
    async () => ({}) as Person,
    { rate: 50, burst: 100 },
    async (_person, count) => ({ sent: count, answered: count, throttled: 0, allowed: 110, ...left.shift() }),
  );
  expect(left).toEqual([]);
  expect(last.sent).toBe(sent);
});

test('fails if people missed messages, and says which answer they got', () => {
  const chorus = { missed: 60, told: 'You are too fast.' };
  expect(floodIsCutOff.judge({ room, flooded: { flood, chorus } })).toMatchObject({
    outcome: 'failed',
    actual: expect.stringMatching(/60 of the 100 copies .* You are too fast\./),
  });
});

test('messages that arrive late decide nothing', () => {
  const chorus = { missed: 60, isLate: true as const };
  expect(floodIsCutOff.judge({ room, flooded: { chorus } }).outcome).toBe('inconclusive');
});

test('decides nothing if API Gateway turns the visitors away', () => {
  const throttle = { rate: 50, burst: 100 };
  expect(floodIsCutOff.judge({ room, refused: 429, throttle }).outcome).toBe('inconclusive');
});

test('shows the log of a function that fails, and points at it', () => {
  const chorus = { missed: 100, told: 'Internal server error' };
  const log = [
    {
      source: 'log',
      about: 'SendMessage',
      lines: ['2026-11-24T02:42:34.158Z f4f9107f ERROR AccessDeniedException: no'],
    },
  ];
  expect(floodIsCutOff.judge({ room, flooded: { chorus }, sender: 'SendMessage', log })).toMatchObject({
    outcome: 'failed',
    at: 'SendMessage',
    evidence: [{}, ...log],
    finding: { id: 'function-fails' },
  });
});

test.each([
  ['{"level":"ERROR","message":{"errorType":"Error","errorMessage":"no"}}', true],
  ['2026-11-24T02:42:34.158Z f4f9107f Task timed out after 10.00 seconds', true],
  ['2026-11-24T02:42:34.158Z\tf4f9107f\tERROR\tInvoke Error \t{"cut off', true],
  ['2026-11-24T02:42:34.158Z\tf4f9107f\tINFO\t12 listeners', false],
])('the line %j shows that the function failed: %s', (line, isError) => {
  const chorus = { missed: 100, told: 'Internal server error' };
  const log = [{ source: 'log', about: 'SendMessage', lines: [line] }];
  const judgement = floodIsCutOff.judge({ room, flooded: { chorus }, sender: 'SendMessage', log });
  expect(judgement.outcome).toBe('failed');
  expect('finding' in judgement).toBe(isError);
});

test("decides nothing if the account's concurrency limit was reached", () => {
  const chorus = { missed: 40, told: 'Internal server error' };
  const noCapacity = { functionName: 'f-send', limit: 10 };
  expect(floodIsCutOff.judge({ room, flooded: { chorus }, noCapacity })).toMatchObject({
    outcome: 'inconclusive',
    reason: expect.stringContaining('concurrency limit is 10'),
  });
});
