import { expect, test } from 'vitest';
import { failureIn } from './failure-in.ts';

const told = { text: '{"message": "Internal server error", "connectionId":"M1x=", "requestId":"R2y="}' };
const logOf = (...errors: string[]) => [
  { source: 'log', lines: errors.map((error) => `2026-11-30T18:45:15.762Z 4bcb ERROR ${error}`) },
];

test.each([
  [
    'the last error of the log',
    logOf('Error: first.', 'TypeError: last.'),
    'The function failed with TypeError: last.',
    false,
  ],
  [
    'the action that AWS denied',
    logOf('AccessDeniedException: User: x is not authorized to perform: dynamodb:Scan on resource: y'),
    "The function isn't allowed dynamodb:Scan.",
    true,
  ],
])('names %s', (_, log, inWords, isOfStack) => {
  expect(failureIn(told, log)).toMatchObject({ inWords, isOfStack });
});

test.each([
  ['nobody got an error', undefined, logOf('TypeError: no.')],
  ['the room sent the error', { text: '{"type":"error","message":"Please join again."}' }, logOf('TypeError: no.')],
  ['the log has no error', told, [{ source: 'log', lines: ['START RequestId: 4bcb'] }]],
])('names nothing if %s', (_, error, log) => {
  expect(failureIn(error, log)).toBeUndefined();
});
