import { expect, test } from 'vitest';
import { saysThatItIsShut, shutDoor } from '../../../tests/checker/shut-door.ts';
import { failuresAreLogged, type Observation } from './failures-are-logged.ts';

const room = { apiId: 'api1', api: 'Api', stageName: 'room', stage: 'Stage', address: 'ws://127.0.0.1/room' };
const sender = { logicalId: 'SendMessage', called: 'SendMessage', group: 'logs' };
const good: Observation = {
  room,
  sender,
  answer: '400 Bad Request',
  lines: ['BadRequestException: Invalid connectionId'],
  vague: [],
  logged: 'complete',
  mute: [],
};
const judged = (more: Partial<Observation>) => failuresAreLogged.judge({ ...good, ...more });
const finding = (more: Partial<Observation>) => {
  const judgement = judged(more);
  return judgement.outcome === 'failed' ? judgement.finding?.id : judgement.outcome;
};

test('passes if the log says what went wrong', () => {
  expect(judged({}).outcome).toBe('passed');
});

test('fails if the function ended and the log says nothing about it', () => {
  expect(judged({ lines: [] })).toMatchObject({ outcome: 'failed', at: { handler: 'channels/send-message.ts' } });
});

test('fails if the log says only that something went wrong, and shows the line', () => {
  expect(judged({ lines: [], vague: ['ERROR Error'] })).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining('but not what: it has no'),
    evidence: [{ lines: ['ERROR Error'] }],
  });
});

test('says so if no message could be sent, and points at the line that threw the error', () => {
  const failure = [
    { source: 'log', lines: ['x y ERROR TypeError: no', '    at handler (labs/10/send-message.ts:3:4)'] },
  ];
  const actual = 'Ada sent a message and got "Internal server error", so no post could be made to fail.';
  expect(judged({ unsent: '{"message": "Internal server error"}', failure, lines: [] })).toMatchObject({
    actual,
    at: 'SendMessage',
    place: { file: 'labs/10/send-message.ts', line: 3 },
  });
});

test('says so if the function ran into its timeout', () => {
  expect(judged({ lines: [], timedOut: true })).toMatchObject({
    actual: expect.stringMatching(/shows that the function ran into its timeout, but not what went wrong\.$/),
  });
});

test('waits until ordinary messages arrive: no post of others could be made to fail', () => {
  expect(failuresAreLogged.needs).toContain('two-people-talk');
});

test('decides nothing if the log is late', () => {
  expect(finding({ lines: [], logged: 'late' })).toBe('inconclusive');
  expect(finding({ lines: [], logged: 'not told' })).toBe('inconclusive');
});

test.each<[string, Partial<Observation>]>([
  ['no-permission-to-log', { lines: [], mute: [{ called: 'SendMessage', why: 'no permission' }] }],
  ['fatal-only', { lines: [], mute: [{ called: 'SendMessage', why: 'fatal only' }] }],
  ['no-log-group', { lines: [], logged: 'no group' }],
  ['no-permission-to-log', { mute: [{ called: 'Connect', why: 'no permission' }] }],
])('finds %s', (id, more) => {
  expect(finding(more)).toBe(id);
});

test('fails if no post could be made to fail, or nothing is behind the route', () => {
  expect(judged({ answer: undefined, lines: [] }).outcome).toBe('failed');
  expect(
    failuresAreLogged.judge({ room, answer: '400 Bad Request', lines: [], vague: [], logged: 'complete', mute: [] }),
  ).toMatchObject({
    outcome: 'failed',
    at: 'Api',
  });
});

test('says so if nobody can connect', () => {
  expect(judged(shutDoor)).toMatchObject(saysThatItIsShut);
});
