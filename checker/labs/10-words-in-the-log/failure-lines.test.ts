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

const START = 'START RequestId: 5d1c6b1e-0000-4000-8000-000000000000 Version: $LATEST';
const REPORT = 'REPORT RequestId: 5d1c6b1e-0000-4000-8000-000000000000\tDuration: 1.00 ms';

/** The events of invocations, one after the other, each with one line. */
const eventsOf = (lines: readonly string[], logStreamName = '2026/11/28/[$LATEST]one') =>
  lines.flatMap((line, timestamp) => [START, line, REPORT].map((message) => ({ message, timestamp, logStreamName })));

const failuresSince = (since: number, events: ReturnType<typeof eventsOf>) =>
  failuresIn(events, { functionName: 'Send', since });

const constant = (id: string, bytes: number) =>
  printed('INFO', `Errors are counted elsewhere. {"messageId":"${id}","bytes":${bytes}}`);

test.each(['M1xB2dPGwIdDabc=', 'MexBedPGwIdDabc=', 'M-xB_dPGwIdDabc=', 'MexB/dPGwIdDabc='])(
  'a line that every invocation logs reports no failure, whatever the id: %s',
  (id) => {
    expect(failuresSince(1, eventsOf([constant(id, 10), constant('L0SM9cOFvHcCIhw=', 20)]))).toEqual([]);
  },
);

test.each([
  ['9ms', '10ms'],
  ['0.4 ms', '12.75 ms'],
  ['7', '1022'],
])('nor does it if it also has a duration or a count: %s, %s', (one, other) => {
  const line = (took: string) => printed('INFO', `Errors are counted elsewhere, took ${took}.`);
  expect(failuresSince(1, eventsOf([line(one), line(other)]))).toEqual([]);
});

test('the message of another check, of which the log shows only the start, changes nothing', () => {
  const lines = [constant('M1xB2dPGwIdDabc=', 10), constant('L0SM9cOFvHcCIhw=', 20)];
  const begun = { message: START, timestamp: 2, logStreamName: '2026/11/28/[$LATEST]two' };
  expect(failuresSince(1, [...eventsOf(lines), begun])).toEqual([]);
});

test('in a log group of several functions, only the function that had to report the failure counts', () => {
  const lines = [constant('M1xB2dPGwIdDabc=', 10), constant('L0SM9cOFvHcCIhw=', 20)];
  const own = eventsOf(lines, '2026/11/28/Send[$LATEST]one');
  const other = eventsOf(['all well', printed('ERROR', 'Invoke Error')], '2026/11/28/Connect[$LATEST]two');
  expect(failuresSince(1, [...own, ...other])).toEqual([]);
});

test('a count of failures reports one if it is not zero', () => {
  const counted = (failed: number) => printed('INFO', `{"delivered":${3 - failed},"failed":${failed}}`);
  expect(failuresSince(1, eventsOf([counted(0), counted(1)]))).toEqual([counted(1)]);
});

test('a failure counts even if the message of another check failed before', () => {
  const failed = printed('ERROR', 'Invoke Error BadRequestException');
  expect(failuresSince(2, eventsOf([failed, 'all well', failed]))).toEqual([failed]);
});

test('without the starts of invocations, every report of a failure counts', () => {
  const failed = { message: printed('ERROR', 'BadRequestException'), timestamp: 1, logStreamName: 'one' };
  expect(failuresSince(1, [failed, failed])).toEqual([failed.message, failed.message]);
});
