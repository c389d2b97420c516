import { expect, test } from 'vitest';
import { type FailedRead, readErrorsIn, wrongFailedRead } from './failed-read.ts';

const missed: FailedRead = { speaker: 'Ada', error: 'ValidationException', heard: { Ada: 1, Grace: 0, Linus: 0 } };
const told = { who: 'Ada', text: '{"message":"Internal server error"}' };

test.each<[string, Partial<FailedRead>]>([
  ['the sender got an error', { told }],
  ['everyone got the message, because the room read the page again', { heard: { Ada: 1, Grace: 1, Linus: 1 } }],
  ['another function can post, which can have got the error', { mayBeOthers: true }],
])('finds nothing wrong if %s', (_, more) => {
  expect(wrongFailedRead({ ...missed, ...more })).toBeUndefined();
});

const unexpected = 'ValidationException';
const throttled = 'ProvisionedThroughputExceededException';

test.each([
  ['await dynamodb.send(new ScanCommand(scan));', [unexpected]],
  ["if (error.name === 'ProvisionedThroughputExceededException') break;", [unexpected, throttled]],
  ['if (/Throttl|InternalServerError/.test(error.name)) throw error;', [unexpected, throttled, 'InternalServerError']],
  ['// A ThrottlingException leaves the function.', [unexpected]],
  ["import { Table } from 'aws-cdk-lib/aws-dynamodb';\nprovisionedThroughput: {}", [unexpected]],
])('reads fail with what nobody expects, and with the errors that a handler names: %j', (source, errors) => {
  expect(readErrorsIn([source])).toEqual(errors);
});

test('fails if somebody missed the message, and nobody got an error', () => {
  expect(wrongFailedRead(missed)).toMatchObject({
    actual: expect.stringMatching(/Ada sent a message and got no error, though Grace and Linus didn't get it\.$/),
    finding: { id: 'failed-read' },
  });
});
