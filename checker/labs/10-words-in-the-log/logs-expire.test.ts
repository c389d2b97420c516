import { expect, test } from 'vitest';
import { type Group, logsExpire } from './logs-expire.ts';

const room = { apiId: 'api1', api: 'Api', stageName: 'room', stage: 'Stage', address: 'ws://127.0.0.1/room' };
const kept: Group = { name: 'sender-logs', writer: 'SendMessage', days: 7 };
const judged = (...groups: Group[]) => logsExpire.judge({ room, groups });

test('passes if each group has a retention', () => {
  expect(judged(kept, { ...kept, name: 'others' })).toMatchObject({
    outcome: 'passed',
    actual: 'Each of 2 log groups is kept for 7 days.',
  });
});

test.each<[string, Group, string, string]>([
  [
    'a group of Lambda',
    { name: '/aws/lambda/x', writer: 'Connect', logicalId: 'Connect' },
    'keeps everything forever',
    'Connect',
  ],
  [
    'a group that is not there yet',
    { name: '/aws/lambda/x', writer: 'Connect', logicalId: 'Connect', isMissing: true },
    "doesn't exist",
    'Connect',
  ],
  [
    'a group that nothing logs to',
    { name: 'audit', writer: 'the stack', logicalId: 'Audit' },
    'audit of the stack',
    'Audit',
  ],
  [
    'a group of API Gateway',
    { name: 'API-Gateway-Execution-Logs_a/room', writer: 'the stage' },
    'of the stage',
    'Stage',
  ],
])('fails for %s', (_, group, words, at) => {
  expect(judged(kept, group)).toMatchObject({ outcome: 'failed', actual: expect.stringContaining(words), at });
});

test('says so if a retention is in the account only, or very long', () => {
  expect(judged({ ...kept, byHand: true })).toMatchObject({ outcome: 'passed', byHand: true });
  expect(judged({ ...kept, days: 3653 })).toMatchObject({ remark: expect.stringContaining('more than a year') });
});
