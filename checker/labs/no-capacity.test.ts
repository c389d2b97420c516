import { expect, test } from 'vitest';
import type { Gate } from '../observe/gate.ts';
import { atTheDoor, noCapacity } from './no-capacity.ts';

const authorizer = { id: 'a1', name: 'Door', identitySources: [], functionName: 'authorizer' };
const gate: Gate = { apiKeyRequired: false, authorizers: [], connect: 'connect' };
const times = (gate: Gate, admitted: number) =>
  Object.fromEntries(atTheDoor(gate, { times: 5, admitted, since: 0 }).map((each) => [each.functionName, each.times]));

test('expects $connect to run for each handshake by default', () => {
  expect(times(gate, 0)).toEqual({ connect: 5 });
});

test('expects $connect to run only for people whom an authorizer certainly admits', () => {
  expect(times({ ...gate, authorizer }, 0)).toEqual({ authorizer: 5, connect: 0 });
  expect(times({ ...gate, authorizer }, 1)).toEqual({ authorizer: 5, connect: 1 });
});

test("an account's limit decides nothing, and a function's own is a fault of the room", () => {
  expect(noCapacity(undefined)).toBeUndefined();
  expect(noCapacity({ functionName: 'send', limit: 10 })).toMatchObject({ outcome: 'inconclusive' });
  expect(noCapacity({ functionName: 'send', limit: 1, reserved: { at: 'SendMessage' } })).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining('its reserved concurrency is 1'),
    at: 'SendMessage',
  });
});
