import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { expect, test, vi } from 'vitest';
import type { Gate } from '../../observe/gate.ts';
import type { Bundled } from '../../observe/own-lines.ts';
import { decider, telling } from './observe-refusals.ts';

test('a log is summarized by its last errors, each once, without stack traces', () => {
  const thrown = (message: string) =>
    `2026-11-24T02:42:34.158Z\tf4f9107f\tERROR\tInvoke Error\t${JSON.stringify({ errorType: 'Error', errorMessage: message, stack: [message, 'at x'] })}`;
  expect(telling([thrown('Invalid signature'), thrown('Invalid signature'), 'INFO\tgot one'])).toEqual([
    'Error: Invalid signature',
    'INFO\tgot one',
  ]);
  const inJson = { level: 'ERROR', message: { errorType: 'Error', errorMessage: 'Expired', stackTrace: ['at x'] } };
  expect(telling([JSON.stringify(inJson)])).toEqual(['Error: Expired']);
  expect(telling(['1', '2', '3', '4', '5'])).toEqual(['2', '3', '4', '5']);
});

/** A gate with an authorizer, and an account with these logs of it and of the function behind `$connect`. */
function logged(logs: Readonly<Record<'door' | 'connect', readonly string[]>>) {
  const client = new CloudWatchLogsClient({ region: 'us-east-1' });
  const send = async ({ input }: { readonly input: { readonly logGroupName: string } }) => {
    const lines = Object.entries(logs).find(([name]) => input.logGroupName.endsWith(name))?.[1] ?? [];
    return { events: lines.map((message) => ({ message })) };
  };
  vi.spyOn(client, 'send').mockImplementation(send as never);
  const clients = { logs: async () => client, lambda: async () => ({ send: async () => ({}) }) };
  const authorizer = { id: 'a', name: 'Door', identitySources: [], functionName: 'door' };
  const gate: Pick<Gate, 'authorizer' | 'connect'> = { authorizer, connect: 'connect' };
  const subject = { target: { kind: 'practice', clients } } as unknown as Bundled;
  return (status: number, invocations?: number) => decider(subject, gate, status, 0, invocations);
}

const ran = ['START RequestId: 1 Version: $LATEST', 'END RequestId: 1', 'REPORT RequestId: 1\tDuration: 1.67 ms\t'];
const threw = [
  'x\t1\tERROR\tInvoke Error\t{"errorType":"Error","errorMessage":"nope","stack":[]}',
  'REPORT RequestId: 1\tDuration: 1.67 ms\tStatus: error\tError Type: Error',
];

test('an authorizer that fails is what decided, although $connect has run for somebody else', async () => {
  const decided = await logged({ door: threw, connect: ran })(500);
  expect(decided).toMatchObject({ asked: 'authorizer', ended: 'failed' });
  expect(decided.log.flatMap(({ lines }) => lines)).toEqual(['Error: nope']);
});

test('an authorizer whose answer API Gateway cannot use has finished', async () => {
  expect(await logged({ door: ran, connect: [] })(500)).toEqual({ asked: 'authorizer', ended: 'finished', log: [] });
  const late = logged({ door: [], connect: [] });
  expect(await late(500)).toEqual({ asked: undefined, ended: undefined, log: [] });
});

test('an authorizer has finished only if the log has the end of each of its invocations', async () => {
  const decide = logged({ door: [...ran, ...ran], connect: [] });
  expect(await decide(500, 2)).toMatchObject({ ended: 'finished' });
  expect(await decide(500, 3)).toMatchObject({ asked: 'authorizer', ended: undefined });
  expect(await logged({ door: [...ran, ...threw], connect: [] })(500, 3)).toMatchObject({ ended: 'failed' });
});

test('an error that an authorizer printed in JSON is not its end, but the status in its report is', async () => {
  const printed = { level: 'ERROR', message: { errorType: 'Error', errorMessage: 'Expired', stackTrace: [] } };
  const ending = async (status: string) => {
    const report = { type: 'platform.report', record: { requestId: '1', status } };
    const door = [JSON.stringify(printed), JSON.stringify(report)];
    return (await logged({ door, connect: [] })(500)).ended;
  };
  expect(await ending('success')).toBe('finished');
  expect(await ending('failure')).toBe('failed');
});

test('$connect decided if it failed, or ran and somebody was rejected', async () => {
  const decide = logged({ door: ran, connect: [...ran, 'hello'] });
  for (const status of [502, 403]) {
    const decided = await decide(status);
    expect(decided).toMatchObject({ asked: '$connect', ended: undefined });
    expect(decided.log[0]?.lines).toEqual(['hello']);
  }
});
