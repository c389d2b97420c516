import { expect, test } from 'vitest';
import { lastRefusal } from './refusal.ts';

const caller = 'arn:aws:sts::111122223333:assumed-role/chat-Sender/SendMessage';
const connection = 'arn:aws:execute-api:us-east-1:********3333:api1/room/POST/@connections/{connectionId}';
const refused = (action: string, resource: string) =>
  `User: ${caller} is not authorized to perform: ${action} on resource: ${resource}`;

test("finds the message in Lambda's log of a function that threw", () => {
  const message = refused('execute-api:ManageConnections', connection);
  const line = `2026-01-01T00:00:00.000Z 1f2e ERROR Invoke Error {"errorType":"AccessDeniedException","errorMessage":"${message}","stack":["AccessDeniedException: ${message}"]}`;
  expect(lastRefusal(['another line', line], 'execute-api:ManageConnections')).toEqual({
    action: 'execute-api:ManageConnections',
    resource: connection,
    caller,
    message: `AccessDeniedException: ${message}`,
  });
});

test.each([
  ['x\tERROR\t', ''],
  ['x\tERROR\tForbiddenException: ', 'ForbiddenException: '],
  ['{"errorMessage":"', ''],
])('quotes the message as it is after %j', (before, name) => {
  const message = refused('execute-api:ManageConnections', connection);
  expect(lastRefusal([before + message], 'execute-api:ManageConnections')?.message).toBe(name + message);
});

test('another action is another denial, and the last one counts', () => {
  const lines = [
    refused('execute-api:ManageConnections', 'first'),
    refused('execute-api:ManageConnections', 'second'),
    refused('dynamodb:Scan', 'table'),
  ];
  expect(lastRefusal(lines, 'execute-api:ManageConnections')?.resource).toBe('second');
  expect(lastRefusal(lines, 'dynamodb:DeleteItem')).toBeUndefined();
});
