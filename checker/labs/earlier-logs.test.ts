import { expect, test } from 'vitest';
import { judgeEarlierLogs } from './earlier-logs.ts';
import { judgeEarlierRepairs } from './judge-earlier-repairs.ts';

const room = { apiId: 'api1', api: 'Api', stageName: 'room', address: 'ws://127.0.0.1/room' };
const writer = { called: 'History', functionName: 'f', logicalId: 'History' };
const needle = { kind: 'word', text: 'the kettle sings', called: 'what somebody said' } as const;
const leak = { group: '/log', needle, line: 'the kettle sings', undone: [], writer };
const expiry = { room, groups: [{ name: '/log', writer: 'History', days: 7 }] };

test('logs without words that expire are as they were', () => {
  expect(judgeEarlierLogs({ room, found: [], expiry })).toBeUndefined();
});

test('a log with what somebody said fails, and points at its function', () => {
  expect(judgeEarlierLogs({ room, found: [leak], expiry })).toMatchObject({
    outcome: 'failed',
    actual: 'The log of History (/log) contains what somebody said.',
    at: 'History',
  });
});

test('a log that never expires undoes an earlier repair', () => {
  const logs = { room, found: [], expiry: { room, groups: [{ name: '/log', writer: 'History' }] } };
  const where = {
    lab: '11-no-way-back',
    handler: 'channels/send-message.ts',
    repairs: ['logs'],
    speaks: undefined,
    evidence: [],
  } as const;
  expect(judgeEarlierRepairs({ logs }, where)).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining('it keeps everything forever. The lab started with that repaired.'),
    finding: { id: 'telling-logs' },
  });
});
