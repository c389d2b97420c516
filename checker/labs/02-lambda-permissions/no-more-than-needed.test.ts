import { expect, test } from 'vitest';
import type { Answer } from '../../observe/simulate.ts';
import { noMoreThanNeeded, type Observation } from './no-more-than-needed.ts';

const room = { apiId: 'api1', api: 'Api', stageName: 'room', address: 'ws://127.0.0.1/room' };
const sender = {
  logicalId: 'SendMessage',
  roleArn: 'arn:aws:iam::1:role/chat-Sender',
  roleName: 'chat-Sender',
  keysIn: [],
};
const actions = [
  'execute-api:ManageConnections',
  'execute-api:Invoke',
  'dynamodb:Scan',
  'iam:CreateUser',
  's3:GetObject',
];
const denied = (action: string): Answer => ({ action, resource: 'arn:x', decision: 'denied' });
const allowed = (action: string): Answer => ({ action, resource: 'arn:x', decision: 'allowed', by: ['Wide'] });
const unknown = (action: string, open: 'organization' | 'context', why: string): Answer => {
  return { action, resource: 'arn:x', decision: 'unknown', open, why };
};
const hanging = (action: string) => unknown(action, 'context', 'it hangs on k');
const withheld = (action: string) => unknown(action, 'organization', 'a policy of your organization denies it');
const judge = (answers: readonly Answer[], more: Partial<Observation> = {}) =>
  noMoreThanNeeded.judge({ room, sender, answers, mayBecome: [], ...more });

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

test('what is too much comes before what it is to do here', () => {
  const judgement = judge(actions.map((action) => (/Manage|Scan/.test(action) ? allowed(action) : denied(action))));
  expect(judgement).toHaveProperty(
    'actual',
    expect.stringContaining('dynamodb:Scan and execute-api:ManageConnections'),
  );
});

test.each([
  ['dynamodb:Scan', 'may more than it needs: dynamodb:Scan on arn:x and 1 more, through Wide'],
  ['execute-api:ManageConnections', 'may post to the connections of another API too: '],
])('%s on what a policy names', (action, words) => {
  const named = [allowed(action), allowed('dynamodb:PutItem'), denied('dynamodb:GetItem')];
  expect(judge(actions.map(denied), { named })).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining(words),
  });
});

test('what a policy names by a pattern is shown as it stands there, not as it was asked for', () => {
  const pattern = 'arn:aws:dynamodb:*:*:table/chat-02-*';
  const judgement = judge(actions.map(denied), { named: [{ ...allowed('dynamodb:Scan'), pattern }] });
  expect(judgement).toHaveProperty('actual', expect.stringContaining(`dynamodb:Scan on ${pattern}, through`));
});

test('what a policy names, and hangs on the call, is not taken for denied', () => {
  const named = [hanging('dynamodb:GetItem')];
  expect(judge(actions.map(denied), { named })).toMatchObject({
    outcome: 'inconclusive',
    reason: expect.stringContaining('of dynamodb:GetItem, it hangs on k'),
  });
});

test('a role that was made apart is named as such, and pointed at', () => {
  expect(judge(actions.map(allowed), { apart: 'Role' })).toMatchObject({
    outcome: 'failed',
    at: 'Role',
    actual: expect.stringContaining('runs as chat-Sender, a role that may do everything'),
  });
});

test.each<[string, Partial<Observation>, string]>([
  ['keys', { sender: { ...sender, keysIn: ['POSTER_KEY'] } }, 'access keys in its environment (POSTER_KEY)'],
  ['another role', { mayBecome: ['arn:aws:iam::1:role/Admin'] }, 'may take on the role Admin'],
])('denied all of it, but it has %s', (_, more, words) => {
  expect(judge(actions.map(denied), more)).toMatchObject({ outcome: 'failed', actual: expect.stringContaining(words) });
});

test('to call this API is nothing to anybody, and a remark', () => {
  const calling = allowed('execute-api:Invoke');
  expect(judge(actions.map(denied), { calling })).toMatchObject({
    outcome: 'passed',
    remark: expect.stringContaining('may also execute-api:Invoke on this API'),
  });
});

test('what the organization denies is a remark where the rest is known, and else decides nothing', () => {
  const [first = '', ...others] = actions;
  expect(judge([withheld(first), ...others.map(denied)])).toMatchObject({
    outcome: 'passed',
    remark: expect.stringContaining('organization'),
  });
  expect(judge([withheld(first), ...others.map(allowed)])).toMatchObject({ outcome: 'failed' });
  expect(judge(actions.map(withheld))).toMatchObject({
    outcome: 'inconclusive',
    reason: expect.stringContaining('organization'),
  });
});

test('what hangs on a call decides nothing, however much else is known', () => {
  const [first = '', ...others] = actions;
  expect(judge([hanging(first), ...others.map(denied)])).toMatchObject({
    outcome: 'inconclusive',
    reason: expect.stringContaining('hangs on k'),
  });
  expect(judge([hanging(first), ...others.map(allowed)])).toMatchObject({ outcome: 'failed' });
});
