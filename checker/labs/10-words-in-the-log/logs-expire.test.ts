import { expect, test } from 'vitest';
import { type Group, infiniteIn, logsExpire } from './logs-expire.ts';

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

test('points at the only line that keeps everything, if the stack creates the group', () => {
  const infinite = { file: 'stack.ts', line: 142 };
  const forever: Group = { name: 'sender-logs', writer: 'SendMessage', logicalId: 'SendMessage' };
  const at = (...groups: Group[]) => logsExpire.judge({ room, groups, infinite });
  const own = { ...forever, isOwn: true };
  expect(at(own, kept)).toMatchObject({ place: infinite });
  expect(at(forever)).not.toMatchObject({ place: infinite });
  // One line can be for all functions, or for none of these groups.
  const all = [own, { ...own, name: 'connect-logs', writer: 'Connect' }];
  expect(at(...all)).toMatchObject({ place: infinite });
  expect(at(...all, { ...kept, isOwn: true })).not.toMatchObject({ place: infinite });
  expect(at(...all, { ...own, name: 'audit', writer: 'the stack' })).not.toMatchObject({ place: infinite });
});

test.each([
  ['new LogGroup(stack, id, {\n  retention: RetentionDays.INFINITE,\n});', 2],
  ['new CfnLogGroup(stack, id, { retentionInDays: undefined });', 1],
  // The CDK's own default, two years.
  ['new LogGroup(stack, id, { retention: undefined });', undefined],
  ['  // RetentionDays.INFINITE\nconst a = RetentionDays.INFINITE;', 2],
  ['const a = RetentionDays.INFINITE;\nconst b = RetentionDays.INFINITE;', undefined],
  ['const a = RetentionDays.ONE_WEEK;', undefined],
])('finds that line: %j', (text, line) => {
  expect(infiniteIn({ file: 'stack.ts', text })?.line).toBe(line);
});
