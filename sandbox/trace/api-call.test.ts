import { expect, onTestFinished, test } from 'vitest';
import { ApiCall } from './api-call.ts';
import { happened, linked } from './publish.ts';

const caller = {
  type: 'role',
  accountId: '111122223333',
  session: { functionArn: 'arn:aws:lambda:us-east-1:111122223333:function:SendMessage' },
} as never;

test.each([
  ['dynamodb', 'PutItem', true],
  ['dynamodb', 'TransactWriteItems', true],
  ['dynamodb', 'TransactGetItems', false],
  ['dynamodb', 'Query', false],
  ['lambda', 'Invoke', true],
  ['ssm', 'PutParameter', false],
])('links what follows from %s %s to its invocation: %s', (service, operation, isLinked) => {
  const links: unknown[] = [];
  const link = (message: unknown) => links.push(message);
  const ignore = () => {};
  happened.subscribe(ignore);
  linked.subscribe(link);
  onTestFinished(() => {
    happened.unsubscribe(ignore);
    linked.unsubscribe(link);
  });
  const facts = { service, operation, input: {}, region: 'us-east-1', callId: 'call', parent: 'invocation' };
  ApiCall.begin({ now: () => new Date(0) }, caller, facts);
  expect(links).toMatchObject(isLinked ? [{ callId: 'call', parent: 'invocation' }] : []);
});
