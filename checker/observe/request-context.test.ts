import { expect, test } from 'vitest';
import { missingFor, requestContext } from './request-context.ts';

const of = {
  region: 'us-east-1',
  roleArn: 'arn:aws:iam::111122223333:role/chat-Sender',
  roleId: 'AROAEXAMPLE',
  functionName: 'SendMessage',
  functionArn: 'arn:aws:lambda:us-east-1:111122223333:function:SendMessage',
  now: new Date('2026-01-01T00:00:00Z'),
  tags: { team: 'chat' },
};

test('returns what is requested and known, ignoring case, and nothing else', () => {
  const asked = ['AWS:PrincipalAccount', 'aws:PrincipalTag/Team', 'aws:SourceIp', 'aws:CurrentTime', 'aws:userid'];
  expect(requestContext(asked, of)).toEqual([
    { ContextKeyName: 'AWS:PrincipalAccount', ContextKeyType: 'string', ContextKeyValues: ['111122223333'] },
    { ContextKeyName: 'aws:PrincipalTag/Team', ContextKeyType: 'string', ContextKeyValues: ['chat'] },
    { ContextKeyName: 'aws:CurrentTime', ContextKeyType: 'date', ContextKeyValues: ['2026-01-01T00:00:00.000Z'] },
    { ContextKeyName: 'aws:userid', ContextKeyType: 'string', ContextKeyValues: ['AROAEXAMPLE:SendMessage'] },
  ]);
});

test("data that the function's call never carries resolves everything; data it might carry does not", () => {
  const missed = ['aws:SourceArn', 'aws:PrincipalTag/Team', 'aws:RequestTag/x', 'aws:SourceVpc', 'dynamodb:Select'];
  expect(missingFor('execute-api:ManageConnections', missed)).toEqual([]);
  expect(missingFor('execute-api:ManageConnections', ['aws:SourceIp', 'execute-api:Some'])).toHaveLength(2);
});
