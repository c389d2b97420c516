import { expect, test } from 'vitest';
import { floodIsCutOff } from './flood-is-cut-off.ts';

const room = { apiId: 'api1', api: 'Api', stageName: 'room', stage: 'Stage', address: 'ws://127.0.0.1/room' };
const flood = { sent: 155, answered: 101, allowed: 110 };
const all = { missed: 0 };

test('passes if a flood was cut off and everyone was heard afterward', () => {
  expect(floodIsCutOff.judge({ room, flooded: { flood, chorus: all } })).toMatchObject({
    outcome: 'passed',
    actual: expect.stringContaining('54 were throttled'),
  });
});

test('the conversation alone decides if nobody flooded', () => {
  expect(floodIsCutOff.judge({ room, flooded: { chorus: all } }).outcome).toBe('passed');
  expect(floodIsCutOff.judge({ room, flooded: { chorus: { missed: 1 } } }).outcome).toBe('failed');
});

test('fails if more of a flood was answered than the limits allow', () => {
  const open = { sent: 155, answered: 155, allowed: 110 };
  expect(floodIsCutOff.judge({ room, flooded: { flood: open, chorus: all } })).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining('The limits allow only 110'),
    at: 'Stage',
  });
});

test('a flood that was too slow for the limits decides nothing', () => {
  const slow = { sent: 155, answered: 155, allowed: 400 };
  expect(floodIsCutOff.judge({ room, flooded: { flood: slow, chorus: all } })).toMatchObject({
    outcome: 'passed',
    actual: 'Ten people sent messages at once, and everyone got all of them.',
  });
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
