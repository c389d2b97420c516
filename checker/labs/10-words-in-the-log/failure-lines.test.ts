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
  ['INIT_REPORT Init Duration: 9.66 ms\tPhase: invoke\tStatus: error\tError Type: Runtime.ImportModuleError'],
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

const sources = ['class DeliveryError extends Error {}', "console.error('InternalServerError')"];

const failuresSince = (since: number, events: ReturnType<typeof eventsOf>) =>
  failuresIn(events, [{ since, id: 'M1xB2' }], { functionName: 'Send', sources })[0];
const nothing = { telling: [], vague: [], timedOut: false };

const constant = (id: string, bytes: number) =>
  printed('INFO', `Errors are counted elsewhere. {"messageId":"${id}","bytes":${bytes}}`);

test.each(['M1xB2dPGwIdDabc=', 'MexBedPGwIdDabc=', 'M-xB_dPGwIdDabc=', 'MexB/dPGwIdDabc='])(
  'a line that every invocation logs reports no failure, whatever the id: %s',
  (id) => {
    expect(failuresSince(1, eventsOf([constant(id, 10), constant('L0SM9cOFvHcCIhw=', 20)]))).toEqual(nothing);
  },
);

test.each([
  ['9ms', '10ms'],
  ['0.4 ms', '12.75 ms'],
  ['7', '1022'],
])('nor does it if it also has a duration or a count: %s, %s', (one, other) => {
  const line = (took: string) => printed('INFO', `Errors are counted elsewhere, took ${took}.`);
  expect(failuresSince(1, eventsOf([line(one), line(other)]))).toEqual(nothing);
});

test('the message of another check, of which the log shows only the start, changes nothing', () => {
  const lines = [constant('M1xB2dPGwIdDabc=', 10), constant('L0SM9cOFvHcCIhw=', 20)];
  const begun = { message: START, timestamp: 2, logStreamName: '2026/11/28/[$LATEST]two' };
  expect(failuresSince(1, [...eventsOf(lines), begun])).toEqual(nothing);
});

test('in a log group of several functions, only the function that had to report the failure counts', () => {
  const lines = [constant('M1xB2dPGwIdDabc=', 10), constant('L0SM9cOFvHcCIhw=', 20)];
  const own = eventsOf(lines, '2026/11/28/Send[$LATEST]one');
  const other = eventsOf(['all well', printed('ERROR', 'Invoke Error')], '2026/11/28/Connect[$LATEST]two');
  expect(failuresSince(1, [...own, ...other])).toEqual(nothing);
});

test('a count of failures says that something failed, but not what', () => {
  const counted = (failed: number) => printed('INFO', `{"delivered":${3 - failed},"failed":${failed}}`);
  expect(failuresSince(1, eventsOf([counted(0), counted(1)]))).toEqual({ ...nothing, vague: [counted(1)] });
});

test.each([
  ['WARN', 'PostToConnection answered 400 for M1xB2'],
  ['INFO', '{"op":"PostToConnection","http":400}'],
  ['INFO', 'Nobody at M1xB2.'],
  ['ERROR', 'Error for M1xB2'],
  ['INFO', '1 of 3: BadRequestException'],
  ['INFO', '{"reason":"BAD_REQUEST"}'],
  ['ERROR', '{"code":"HTTP_400"}'],
  ['ERROR', 'Could not post: Invalid connectionId'],
  ['ERROR', 'Invoke Error \t{"errorType":"DeliveryError","errorMessage":"BadRequestException: Invalid connectionId"}'],
  ['ERROR', 'Invoke Error \t{"errorType":"DeliveryError","errorMessage":"1 of 3 posts failed: 400"}'],
  ['ERROR', 'Invoke Error \t{"errorType":"TimeoutError","errorMessage":"socket hang up"}'],
])('a status, a connection or a name says what went wrong: %s %s', (level, text) => {
  const line = printed(level, text);
  expect(failuresSince(1, eventsOf(['all well', line]))).toEqual({ ...nothing, telling: [line] });
});

test.each([
  ['{"post":"M1xB2","status":200}', '{"post":"M1xB2","status":400}'],
  ['{"statuses":[200]}', '{"statuses":[200,400]}'],
  ['{"Posts200":2,"Posts400":0}', '{"Posts200":1,"Posts400":1}'],
  ['POST /@connections/L0SM9cOFvHcCIhw= 200 7ms', 'POST /@connections/M1xB2 400 12ms'],
])('so does a status in a line that every invocation logs: %s, %s', (before, text) => {
  const lines = [before, text].map((each) => printed('INFO', each));
  expect(failuresSince(1, eventsOf(lines))).toEqual({ ...nothing, telling: lines.slice(1) });
});

test.each([
  ['that something did', printed('ERROR', 'Error'), printed('INFO', 'all well'), 'vague'],
  [
    'an error with other errors, which the runtime omits,',
    printed('ERROR', 'Invoke Error \t{"errorType":"AggregateError","errorMessage":"Not everyone got it"}'),
    printed('INFO', 'all well'),
    'vague',
  ],
  [
    "an error of the room's own",
    printed('ERROR', 'Invoke Error \t{"errorType":"DeliveryError","errorMessage":"1 of 3 posts failed"}'),
    printed('INFO', 'all well'),
    'vague',
  ],
  [
    "a name that is a text of the room's own",
    printed('ERROR', 'InternalServerError'),
    printed('INFO', 'all well'),
    'vague',
  ],
  [
    'a column of a stack trace',
    printed('ERROR', 'Error: failed\n    at post (/var/task/index.js:80:412)'),
    printed('INFO', 'all well'),
    'vague',
  ],
  [
    'a connection like any other',
    printed('INFO', 'Posting to M1xB2'),
    printed('INFO', 'Posting to M1xB2dPGwIdDabc='),
    '',
  ],
  [
    'a list of connections',
    printed('INFO', 'Posting to [{"id":"L0SM9cOFvHcCIhw="},{"id":"M1xB2"}]'),
    printed('INFO', 'Posting to [{"id":"L0SM9cOFvHcCIhw="}]'),
    '',
  ],
  [
    'a duration beside a status',
    printed('INFO', '{"status":200,"ms":412}'),
    printed('INFO', '{"status":200,"ms":9}'),
    '',
  ],
  ['a number like any other', printed('INFO', '{"bytes":412}'), printed('INFO', '{"bytes":57}'), ''],
  ['the id of a longer one', printed('INFO', 'From M1xB2dPGwIdDabc='), printed('INFO', 'all well'), ''],
  ['part of a time', printed('INFO', 'took 0.400 s, at 12:15:01.404Z'), printed('INFO', 'all well'), ''],
])('%s is not', (_, line, before, kind) => {
  const lines = eventsOf([before, line]);
  expect(failuresSince(1, lines)).toEqual({ ...nothing, vague: kind === 'vague' ? [line] : [] });
});

test('a failure counts even if the message of another check failed before', () => {
  const failed = printed('ERROR', 'Invoke Error BadRequestException');
  expect(failuresSince(2, eventsOf([failed, 'all well', failed]))?.telling).toEqual([failed]);
});

test('without the starts of invocations, every report of a failure counts', () => {
  const failed = { message: printed('ERROR', 'BadRequestException'), timestamp: 1, logStreamName: 'one' };
  expect(failuresSince(1, [failed, failed])?.telling).toEqual([failed.message, failed.message]);
});

/** What the function logs about two posts that failed, one after the other. */
const ofTwo = (first: string, second: string) =>
  failuresIn(
    eventsOf(['all well', first, second]),
    [
      { since: 1, id: 'M1xB2' },
      { since: 2, id: 'L0SM9cOFvHcCIhw=' },
    ],
    { functionName: 'Send', sources },
  );

test('words that differ from error to error say what went wrong', () => {
  const [first, second] = ['{"failed":"malformed id"}', '{"failed":"not allowed"}'].map((text) =>
    printed('ERROR', text),
  ) as [string, string];
  expect(ofTwo(first, second)).toEqual([
    { ...nothing, telling: [first] },
    { ...nothing, telling: [second] },
  ]);
});

test('the same words for two errors do not', () => {
  const line = printed('ERROR', '{"failed":"post"}');
  expect(ofTwo(line, line)).toEqual([
    { ...nothing, vague: [line] },
    { ...nothing, vague: [line] },
  ]);
});

test('nothing is said about an error that is swallowed', () => {
  const line = printed('ERROR', 'BadRequestException');
  expect(ofTwo(line, 'all well')).toEqual([{ ...nothing, telling: [line] }, nothing]);
});

test.each(['2026-11-28T02:20:11Z 5d1c Task timed out after 3.00 seconds', '{"status":"timeout"}'])(
  'sees that the function ran into its timeout: %s',
  (line) => {
    expect(failuresSince(1, eventsOf(['all well', line]))?.timedOut).toBe(true);
  },
);
