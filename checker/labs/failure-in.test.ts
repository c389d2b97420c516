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

const denied = (resource: string, action = 'Scan') =>
  logOf(
    `AccessDeniedException: User: x is not authorized to perform: dynamodb:${action} on resource: ${resource} because`,
  );
const arn = 'arn:aws:dynamodb:us-east-1:111122223333:table';

test.each([
  ['the table', `${arn}/Connections`, "The function isn't allowed dynamodb:Scan on the table Connections.", true],
  [
    'the index',
    `${arn}/Connections/index/byName`,
    "The function isn't allowed dynamodb:Scan on the index byName of the table Connections.",
    true,
  ],
  [
    "another table than the room's",
    `${arn}/Rows`,
    "The function isn't allowed dynamodb:Scan on the table Rows. The room's table is Connections.",
    false,
  ],
  [
    'a table without a name',
    `${arn}/*`,
    "The function called dynamodb:Scan without the name of a table: `TableName` is undefined. The room's table is Connections.",
    false,
  ],
])('names %s that AWS denied', (_, resource, inWords, isOfStack) => {
  const known = { tables: ['Connections'], table: 'Connections' };
  expect(failureIn(told, denied(resource), known)).toMatchObject({ inWords, isOfStack, isOtherTable: !isOfStack });
});

test("doesn't know whose table it is if nobody says which ones the stack has", () => {
  const inWords = "The function isn't allowed dynamodb:Scan on the table Rows.";
  expect(failureIn(told, denied(`${arn}/Rows`))).toMatchObject({ inWords, isOfStack: true, isOtherTable: false });
  expect(failureIn(told, denied(`${arn}/*`, 'ListTables'))).toMatchObject({
    inWords: "The function isn't allowed dynamodb:ListTables.",
    isOfStack: true,
  });
});

test('says only the beginning of a long error', () => {
  const inWords = failureIn(told, logOf(`ValidationException: ${'item '.repeat(1000)}`))?.inWords ?? '';
  expect(inWords).toMatch(/^The function failed with ValidationException: item .* …\.$/);
  expect(inWords.length).toBeLessThan(250);
});

test.each([
  ['nobody got an error', undefined, logOf('TypeError: no.')],
  ['the room sent the error', { text: '{"type":"error","message":"Please join again."}' }, logOf('TypeError: no.')],
  ['the log has no error', told, [{ source: 'log', lines: ['START RequestId: 4bcb'] }]],
])('names nothing if %s', (_, error, log) => {
  expect(failureIn(error, log)).toBeUndefined();
});
