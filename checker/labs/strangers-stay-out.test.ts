import { expect, test } from 'vitest';
import type { Judgement } from '../checking/check.ts';
import type { Gate } from '../observe/gate.ts';
import { type Observation, strangersStayOut } from './strangers-stay-out.ts';

const room = { apiId: 'api1', api: 'Api', stageName: 'room', stage: 'Stage', address: 'ws://127.0.0.1/room' };
const authorizer = { id: 'auth1', name: 'Door', identitySources: [], functionName: 'f', logicalId: 'Authorizer0A' };
const gate: Gate = { authorizationType: 'CUSTOM', apiKeyRequired: false, authorizer, authorizers: ['Door'] };
const common = { room, gate, conversation: [], failure: [] };
const stranger: Observation['stranger'] = {
  ...common,
  stage: { name: 'room', autoDeploy: true },
  knocks: [{ kind: 'no token', status: 401 }],
};

function judged(status?: number, more: Partial<Observation['forger']> = {}): Judgement {
  const knocks = [{ kind: 'a token with another name in it' as const, status: status ?? 0 }];
  const forger = status === undefined ? undefined : { ...common, knocks, ...more };
  return strangersStayOut('04-stale-connections').judge({ stranger, forger });
}

test.each([401, 403, undefined])('passes if a forged token gives %s', (status) => {
  expect(judged(status)).toMatchObject({ outcome: 'passed', actual: 'Mallory was rejected at the handshake (401).' });
});

test.each<[number, string]>([
  [101, "doesn't verify who signed it"],
  [500, 'connecting with a token with another name in it gave 500'],
  [502, 'connecting with a token with another name in it gave 502'],
  [400, 'Connecting with a token with another name in it was rejected with 400'],
])("fails without lab 3's findings if a forged token gives %i", (status, words) => {
  const judgement = judged(status);
  expect(judgement).toMatchObject({ outcome: 'failed', actual: expect.stringContaining(words) });
  expect(judgement).not.toHaveProperty('finding');
});

test('says that the room believes an address in the URL if only somebody with an address gets in', () => {
  const knocks = [
    { kind: 'a token with another name in it' as const, status: 403 },
    { kind: "another such token and an employee's address in the URL" as const, status: 101 },
  ];
  expect(judged(403, { knocks })).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining('the room believes the address'),
  });
});

test("doesn't blame the address if the token alone was throttled", () => {
  const knocks = [
    { kind: 'a token with another name in it' as const, status: 429 },
    { kind: "another such token and an employee's address in the URL" as const, status: 101 },
  ];
  expect(judged(429, { knocks })).toMatchObject({
    outcome: 'failed',
    actual: expect.stringMatching(/without verifying who signed it, or the address/),
  });
});

test('decides nothing if the forger is throttled', () => {
  expect(judged(429).outcome).toBe('inconclusive');
});

test('decides nothing if Lambda had no capacity for the forger', () => {
  expect(judged(500, { noCapacity: { functionName: 'f', limit: 10 } }).outcome).toBe('inconclusive');
});
