import { expect, test } from 'vitest';
import { noTokenInTheLogs } from './no-token-in-the-logs.ts';

const room = { apiId: 'api1', api: 'Api', stageName: 'room', stage: 'Stage', address: 'ws://127.0.0.1/room' };

test('leaves no token in a log', () => {
  const stage = { wholeRequests: false };
  const seenInLogs = { room, stage, found: [], looked: 5, silent: [] };
  const token = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln';
  expect(noTokenInTheLogs.judge(seenInLogs).outcome).toBe('passed');
  expect(noTokenInTheLogs.judge({ ...seenInLogs, stage: { wholeRequests: true } })).toMatchObject({
    outcome: 'failed',
    at: 'Stage',
  });
  expect(noTokenInTheLogs.judge({ ...seenInLogs, silent: ['connect'] })).toMatchObject({
    outcome: 'passed',
    remark: expect.stringContaining('connect logged nothing'),
  });
  const inLog = (
    line: string,
    undone: readonly string[] = [],
    kind: 'ID' | 'access' | 'expired' = 'ID',
    isPart = false,
  ) =>
    noTokenInTheLogs.judge({
      ...seenInLogs,
      found: [{ logGroup: '/aws/lambda/connect', text: 'c2ln', line, undone, writer: 'Connect', kind, isPart }],
    });
  expect(inLog(token, [], 'access')).toMatchObject({ actual: expect.stringContaining("can change Ada's account") });
  expect(inLog(token, [], 'expired')).toMatchObject({ actual: expect.stringContaining('nobody can use that anymore') });
  expect(inLog(token, [], 'ID', true)).toMatchObject({
    actual: expect.stringMatching(/logs part of the token that Ada used .*: with the rest of it, anyone/),
  });
  const judgement = inLog(`{"token":"${token}"}`);
  expect(judgement).toMatchObject({ outcome: 'failed', at: 'Connect' });
  expect(JSON.stringify(judgement)).not.toContain(token);
  const encoded = Buffer.from(token).toString('base64');
  expect(inLog(encoded, ['base64']).outcome).toBe('failed');
  expect(JSON.stringify(inLog(encoded, ['base64']))).not.toContain(encoded);
});
