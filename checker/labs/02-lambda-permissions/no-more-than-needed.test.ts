import { expect, test } from 'vitest';
import type { Answer } from '../../observe/simulate.ts';
import { noMoreThanNeeded } from './no-more-than-needed.ts';

const room = { apiId: 'api1', api: 'Api', stageName: 'room', address: 'ws://127.0.0.1/room' };
const sender = { logicalId: 'SendMessage', roleArn: 'arn:aws:iam::1:role/chat-Sender', roleName: 'chat-Sender' };
const actions = [
  'execute-api:ManageConnections',
  'execute-api:Invoke',
  'dynamodb:Scan',
  'iam:CreateUser',
  's3:GetObject',
];
const denied = (action: string): Answer => ({ action, resource: 'arn:x', decision: 'denied' });
const allowed = (action: string): Answer => ({ action, resource: 'arn:x', decision: 'allowed', by: ['Wide'] });
const unknown = (action: string): Answer => ({ action, resource: 'arn:x', decision: 'unknown', why: 'it hangs on k' });
const judge = (answers: readonly Answer[]) => noMoreThanNeeded.judge({ room, sender, answers });

test('denied all of it', () => {
  const judgement = judge(actions.map(denied));
  expect(judgement).toMatchObject({ outcome: 'passed', at: 'SendMessage' });
  expect(judgement).not.toHaveProperty('remark');
});

test.each([
  ['everything', actions, 'may do everything that was tried, through Wide'],
  ['every API', ['execute-api:ManageConnections'], 'the connections of every API'],
  ['every API, and more', ['execute-api:ManageConnections', 'execute-api:Invoke'], 'more than post, and to every API'],
  ['one more', ['dynamodb:Scan'], 'may more than it needs: dynamodb:Scan, through Wide'],
  ['two more', ['dynamodb:Scan', 's3:GetObject'], 'dynamodb:Scan and s3:GetObject'],
  ['three more', ['dynamodb:Scan', 'iam:CreateUser', 's3:GetObject'], 'dynamodb:Scan, iam:CreateUser and 1 more'],
])('%s', (_, may, words) => {
  const judgement = judge(actions.map((action) => (may.includes(action) ? allowed(action) : denied(action))));
  expect(judgement).toMatchObject({ outcome: 'failed', at: 'SendMessage', actual: expect.stringContaining(words) });
  expect(judgement).toHaveProperty('evidence.0.lines.length', may.length);
});

test('a role that was made apart is named as such, and pointed at', () => {
  expect(noMoreThanNeeded.judge({ room, sender, apart: 'Role', answers: actions.map(allowed) })).toMatchObject({
    outcome: 'failed',
    at: 'Role',
    actual: expect.stringContaining('runs as chat-Sender, a role that may do everything'),
  });
});

test('what cannot be told is a remark where some is known, and else decides nothing', () => {
  const [first = '', ...others] = actions;
  expect(judge([unknown(first), ...others.map(denied)])).toMatchObject({
    outcome: 'passed',
    remark: expect.any(String),
  });
  expect(judge([unknown(first), ...others.map(allowed)])).toMatchObject({ outcome: 'failed' });
  expect(judge(actions.map(unknown))).toMatchObject({
    outcome: 'inconclusive',
    reason: expect.stringContaining('hangs on k'),
  });
});
