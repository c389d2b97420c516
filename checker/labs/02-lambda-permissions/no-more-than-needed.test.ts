import { describe, expect, test } from 'vitest';
import type { Decision } from '../../observe/simulate.ts';
import type { Excess } from './excess.ts';
import { noMoreThanNeeded } from './no-more-than-needed.ts';
import type { SenderRole } from './sender-role.ts';

const room = { apiId: 'api1', api: 'Api', stageName: 'room', address: 'ws://127.0.0.1/room' };
const sender = {
  logicalId: 'SendMessage',
  roleArn: 'arn:aws:iam::1:role/chat-Sender',
  roleName: 'chat-Sender',
  keysIn: [],
};
const witness = { action: 'iam:PutRolePolicy', resource: 'arn:aws:iam::1:role/x' };
const excess = (actions: string[], more: Partial<Excess> = {}): Excess => ({
  policy: 'Wide',
  statement: 'statement 2',
  actions,
  resources: ['*'],
  isConditional: false,
  witness,
  ...more,
});
const allowed: Decision = { ...witness, decision: 'allowed', by: ['Wide'] };
const denied: Decision = { ...witness, decision: 'denied' };
const nothing = { read: ['p'], excess: [], confirmed: [], noteworthy: [], trustedBy: [], reached: [], notAll: [] };
const judge = (more: Partial<SenderRole>) => noMoreThanNeeded.judge({ room, sender, ...nothing, ...more });

test('passes if nothing is left, without a remark', () => {
  const judgement = judge({});
  expect(judgement).toMatchObject({ outcome: 'passed', at: 'SendMessage' });
  expect(judgement).not.toHaveProperty('remark');
  expect(judgement).toHaveProperty(
    'evidence.1.lines.0',
    expect.stringContaining('service and resource control policies'),
  );
});

test('names action, resource, policy and statement', () => {
  const confirmed = [allowed];
  const place = { file: 'labs/02-lambda-permissions/stack.ts', line: 61 };
  expect(judge({ excess: [excess(['iam:*'])], confirmed, place })).toMatchObject({
    outcome: 'failed',
    actual: 'The role chat-Sender can do more than it needs: iam:* on *, by Wide, statement 2.',
    at: 'SendMessage',
    place,
  });
});

test('counts the other statements', () => {
  const judgement = judge({ excess: [excess(['iam:*']), excess(['s3:*']), excess(['ec2:*'])], confirmed: [allowed] });
  expect(judgement).toHaveProperty('actual', expect.stringContaining(', and 2 more statements.'));
});

test('tells connections of other APIs from everything else', () => {
  const judgement = judge({ excess: [excess(['execute-api:ManageConnections'])], confirmed: [allowed] });
  expect(judgement).toMatchObject({
    actual: expect.stringContaining("more than this API's connections"),
    finding: { id: 'every-api' },
  });
});

test.each([
  ['*', 'every-api'],
  ['arn:aws:execute-api:*:*:*', 'every-api'],
  ['arn:aws:execute-api:us-east-1:1:*/room/POST/@connections/*', 'every-api'],
  ['arn:aws:execute-api:us-east-1:1:chat/room/POST/@connections/*', 'another-api'],
  ['arn:aws:apigateway:us-east-1::/apis/api1/stages/room/@connections/*', 'another-api'],
  ['arn:aws:s3:::*', 'another-api'],
])('tells whether %s is every API or another one', (resource, id) => {
  const posting = excess(['execute-api:ManageConnections'], { resources: [resource] });
  expect(judge({ excess: [posting], confirmed: [allowed] })).toMatchObject({ finding: { id } });
});

test("doesn't say that posting on a resource of another service reaches connections", () => {
  const posting = excess(['execute-api:ManageConnections'], { resources: ['arn:aws:s3:::chat'] });
  expect(judge({ excess: [posting], confirmed: [allowed] })).toMatchObject({
    actual:
      "The role chat-Sender is allowed to post to something that isn't this API: execute-api:ManageConnections on arn:aws:s3:::chat, by Wide, statement 2.",
  });
});

test('points at a role that was defined separately', () => {
  expect(judge({ excess: [excess(['*'])], confirmed: [allowed], apart: 'Role' })).toMatchObject({
    at: 'Role',
    actual: expect.stringContaining('runs as chat-Sender, a role that can do more'),
  });
});

test('says how to remove a policy that exists only in the account', () => {
  const byHand = 'Wide is in the account, not in the file. To remove it: aws iam …';
  const judgement = judge({ excess: [excess(['iam:*'])], confirmed: [allowed], byHand });
  expect(judgement).toHaveProperty(
    'actual',
    expect.stringMatching(/, statement 2\. Wide is in the account, .*aws iam …$/),
  );
});

describe('a finding that IAM does not confirm', () => {
  test.each<[string, SenderRole['confirmed'], Partial<Excess>, string]>([
    ['is reported as read only from the policies', [denied], {}, "IAM doesn't confirm it for iam:PutRolePolicy"],
    ['can have a condition', [denied], { isConditional: true }, 'the statement has a condition'],
    [
      'was not asked about',
      { notAsked: 'not allowed to ask.' },
      {},
      "IAM couldn't be asked to confirm it: not allowed to ask.",
    ],
  ])('%s', (_, confirmed, more, words) => {
    expect(judge({ excess: [excess(['iam:*'], more)], confirmed })).toMatchObject({
      outcome: 'failed',
      actual: expect.stringContaining(words),
    });
  });
});

const reached = { name: 'chat-Poster', action: 'lambda:InvokeFunction', byOwnPolicies: false } as const;

test.each<[string, Partial<SenderRole>, string]>([
  ['keys', { sender: { ...sender, keysIn: ['POSTER_KEY'] } }, 'access keys in its environment (POSTER_KEY)'],
  ['keys in its code', { keyInCode: {} }, 'has an access key in its code'],
  ['another role', { trustedBy: ['arn:aws:iam::1:role/Admin'] }, 'can assume the role Admin'],
  [
    'another function',
    { reached: [{ ...reached, hasMore: true }] },
    'can invoke the function chat-Poster, whose own policy',
  ],
  [
    "another function's code",
    { reached: [{ ...reached, action: 'lambda:UpdateFunctionCode', hasMore: false }] },
    'can change the function chat-Poster, whose own policy allows lambda:UpdateFunctionCode.',
  ],
])('fails for %s, though its policies allow nothing beyond', (_, more, words) => {
  expect(judge(more)).toMatchObject({ outcome: 'failed', actual: expect.stringContaining(words) });
});

test.each<[string, Partial<SenderRole>, string]>([
  [
    'what harms nobody',
    { noteworthy: ['read it (dynamodb:GetItem)'] },
    "can also read it (dynamodb:GetItem). Sending doesn't need that",
  ],
  [
    'a function that can do no more',
    { reached: [{ ...reached, hasMore: false }] },
    'can invoke chat-Poster, which has no additional permissions',
  ],
  ['unchecked parts', { notAll: ['there are too many'] }, 'Not everything was checked: there are too many.'],
])('passes with a remark on %s', (_, more, words) => {
  expect(judge(more)).toMatchObject({ outcome: 'passed', remark: expect.stringContaining(words) });
});
