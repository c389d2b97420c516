import { expect, test } from 'vitest';
import { failuresIn, tellsOfFailure } from './failure-lines.ts';

const printed = (level: string, text: string) => `2026-11-28T02:20:11.123Z\t5d1c6b1e\t${level}\t${text}`;

test.each([
  [printed('ERROR', 'Invoke Error \t{"errorType":"BadRequestException","errorMessage":"Invalid connectionId"}')],
  ['{"timestamp":"2026-11-28T02:20:11Z","level":"ERROR","errorType":"BadRequestException","message":"x"}'],
  [printed('INFO', '{"delivered":2,"failed":1}')],
  [printed('WARN', 'could not post to M1xB2, status: 400')],
  [printed('INFO', '{"delivered":2,"undelivered":1}')],
])('%s reports a failure', (line) => {
  expect(tellsOfFailure(line)).toBe(true);
});

test.each([
  [
    'REPORT RequestId: 5d1c6b1e-0000-4000-8000-000000000000\tDuration: 1.00 ms\tStatus: error\tError Type: BadRequestException\t',
  ],
  ['{"time":"2026-11-28T02:20:11Z","type":"platform.report","record":{"requestId":"5d1c","status":"failure"}}'],
  [printed('INFO', '{"delivered":3,"failed":0,"errors":[]}')],
  [printed('INFO', '{"messageId":"M1xB2dPGwIdDabc=","bytes":112}')],
])('%s does not', (line) => {
  expect(tellsOfFailure(line)).toBe(false);
});

/** The events of invocations, one after the other, each with one line. */
const eventsOf = (lines: readonly string[]) =>
  lines.flatMap((message, index) =>
    ['START RequestId: 5d1c6b1e-0000-4000-8000-000000000000 Version: $LATEST', message].map((each) => ({
      message: each,
      timestamp: index,
      logStreamName: 'one',
    })),
  );

test('a line that every invocation logs reports no failure', () => {
  const constant = (bytes: number) => printed('INFO', `Errors of M1xB2dPGwIdDabc= are counted elsewhere: ${bytes}`);
  expect(failuresIn(eventsOf([constant(10), constant(20)]), 1)).toEqual([]);
});

test('a count of failures reports one if it is not zero', () => {
  const counted = (failed: number) => printed('INFO', `{"delivered":${3 - failed},"failed":${failed}}`);
  expect(failuresIn(eventsOf([counted(0), counted(1)]), 1)).toEqual([counted(1)]);
});

test('a failure counts even if the message of another check failed before', () => {
  const failed = printed('ERROR', 'Invoke Error BadRequestException');
  expect(failuresIn(eventsOf([failed, 'all well', failed]), 2)).toEqual([failed]);
});

test('without the starts of invocations, every report of a failure counts', () => {
  const failed = { message: printed('ERROR', 'BadRequestException'), timestamp: 1, logStreamName: 'one' };
  expect(failuresIn([failed, failed], 1)).toEqual([failed.message, failed.message]);
});
