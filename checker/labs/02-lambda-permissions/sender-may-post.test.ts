import { describe, expect, test } from 'vitest';
import type { Decision } from '../../observe/simulate.ts';
import type { Spoken } from '../../probe/speak.ts';
import { type Observation, senderMayPost } from './sender-may-post.ts';

const { judge } = senderMayPost;

const probe = { action: 'execute-api:ManageConnections', resource: 'arn:…/POST/@connections/x' };
const may: Decision = { ...probe, decision: 'allowed', by: ['p'] };
const mayNot: Decision = { ...probe, decision: 'denied' };
const unknown: Decision = {
  ...probe,
  decision: 'unknown',
  open: 'organization',
  why: 'a policy of your organization denies it',
};
const heard: Spoken = {
  reply: { kind: 'message' },
  heard: { speaker: 1, listener: 1 },
  counted: false,
  conversation: ['+1 ms  Ada → hello'],
};
const unheard: Spoken = { ...heard, reply: { kind: 'function failed', text: '' }, heard: { speaker: 0, listener: 0 } };
const refusal =
  'User: arn:aws:sts::1:assumed-role/chat-Sender/f is not authorized to perform: execute-api:ManageConnections on resource: arn:masked';
const log = { source: 'log', about: 'group', lines: ['noise', `ERROR {"errorMessage":"${refusal}"}`] };
const sender = {
  functionName: 'f',
  functionArn: 'arn:aws:lambda:us-east-1:1:function:f',
  logicalId: 'SendMessage',
  roleArn: 'arn:aws:iam::1:role/chat-Sender',
  roleName: 'chat-Sender',
  keysIn: [],
  posting: may,
  needed: '{"Effect":"Allow"}',
  byHand: [],
} satisfies Observation['sender'];

function seen(spoken: Spoken, more: Partial<NonNullable<Observation['sender']>> = {}, rest: Partial<Observation> = {}) {
  const room = { apiId: 'api1', api: 'Api', stageName: 'room', address: 'ws://127.0.0.1/room' };
  return judge({ room, spoken, sender: { ...sender, ...more }, ...rest });
}

test('allowed, and messages arrive', () => {
  const judgement = seen(heard);
  expect(judgement).toMatchObject({ outcome: 'passed', at: 'SendMessage' });
  expect(judgement).not.toHaveProperty('remark');
});

test('granted after the end of the program: points at that line', () => {
  const place = { file: 'labs/02-lambda-permissions/stack.ts', line: 62 };
  const judgement = seen(unheard, { posting: mayNot, nearMiss: { of: 'order', said: 'Too late.', place } }, { log });
  expect(judgement).toMatchObject({ outcome: 'failed', place, finding: { id: 'after-synth' } });
});

test('not allowed: shows the log line and what was denied, and the third hint shows the grant', () => {
  const judgement = seen(unheard, { posting: mayNot }, { log });
  expect(judgement).toMatchObject({ outcome: 'failed', at: 'SendMessage' });
  expect(judgement).toHaveProperty('actual', expect.stringContaining("chat-Sender of the function f isn't allowed"));
  expect(judgement).toHaveProperty(
    'evidence',
    expect.arrayContaining([
      { source: 'log', about: 'group', lines: [refusal] },
      expect.objectContaining({ source: 'denied', lines: ['execute-api:ManageConnections on arn:masked'] }),
    ]),
  );
});

test('the third hint shows the missing grant, and no report contains it', () => {
  const judgement = seen(unheard, { posting: mayNot }, { log });
  const hints = judgement.outcome === 'failed' ? (judgement.finding?.hints ?? []) : [];
  const withGrant = hints.map((hint) => hint.includes('missing grant {"Effect":"Allow"}'));
  expect(withGrant).toEqual([false, false, true, false]);
  expect(JSON.stringify({ ...judgement, finding: undefined })).not.toContain('missing grant');
});

test.each([
  ['resource', 'another-resource'],
  ['statement', 'another-statement'],
  ['policy', 'resource-policy'],
] as const)('a near miss is named, with hints about its %s', (of, id) => {
  const said = 'Your statement allows …/prod/…; the call was …/room/….';
  expect(seen(unheard, { posting: mayNot, nearMiss: { of, said } })).toMatchObject({
    actual: expect.stringContaining(said),
    finding: { id },
  });
});

test('a near miss is not named if a policy denies the call', () => {
  const denied = { ...mayNot, why: 'explicitly denied by the policy p' };
  const judgement = seen(unheard, {
    posting: denied,
    nearMiss: { of: 'statement', said: 'Your statement allows it under a condition.' },
  });
  expect(judgement).toHaveProperty('actual', expect.stringMatching(/: it is explicitly denied by the policy p\.$/));
});

test('an API id written out in the file passes, with what a fresh deployment does to it', () => {
  expect(seen(heard, { isLiteral: true })).toMatchObject({
    outcome: 'passed',
    remark: expect.stringContaining('A fresh deployment gets another id'),
  });
});

test('not allowed, and the log has not arrived yet', () => {
  expect(seen(unheard, { posting: mayNot })).toMatchObject({ outcome: 'failed' });
});

test('a log of another error is shown as it is', () => {
  const another = { ...log, lines: ['x y ERROR TypeError: no'] };
  const judgement = seen(unheard, { posting: mayNot }, { log: another });
  expect(judgement).toHaveProperty('evidence', expect.arrayContaining([another]));
});

test('says why it is not allowed if something denies it', () => {
  const judgement = seen(unheard, { posting: { ...mayNot, why: 'denied by p' } });
  expect(judgement).toHaveProperty('actual', expect.stringContaining('it is denied by p'));
  expect(judgement).toHaveProperty('finding.id', 'denied');
});

describe('people hear each other although the permission is missing', () => {
  test.each([
    ["somebody else's credentials", {}, "uses somebody else's credentials. They aren't in its environment"],
    ['keys', { keysIn: ['POSTER_KEY'] }, 'access keys, from its environment (POSTER_KEY)'],
    [
      'another role',
      { borrowing: { mayBecome: ['arn:aws:iam::1:role/Poster'], mayInvoke: [] } },
      'it can assume the role Poster',
    ],
    ['another function', { borrowing: { mayBecome: [], mayInvoke: ['chat-Poster-1'] } }, 'it can invoke chat-Poster-1'],
  ])('%s', (_, more, words) => {
    expect(seen(heard, { posting: mayNot, ...more })).toMatchObject({
      outcome: 'failed',
      actual: expect.stringContaining(words),
    });
  });
});

test('an undecidable condition does not fail the check', () => {
  expect(seen(heard, { posting: unknown })).toMatchObject({
    outcome: 'passed',
    remark: expect.stringContaining('organization'),
  });
  expect(seen(unheard, { posting: unknown }, { log })).toMatchObject({
    outcome: 'inconclusive',
    reason: expect.stringContaining('organization'),
  });
});

test('names a condition that the call did not meet, and never suggests dropping it', () => {
  const open: Decision = { ...probe, decision: 'unknown', open: 'context', why: 'it depends on aws:SourceIp' };
  const said = 'Your statement allows it under a condition that the call does not meet: {}.';
  const judgement = seen(unheard, { posting: open, nearMiss: { of: 'statement', said } }, { log });
  expect(judgement).toMatchObject({ outcome: 'failed', actual: expect.stringContaining(said) });
  expect(JSON.stringify([judgement, seen(unheard, { posting: open })])).not.toContain('without that condition');
});

test('a policy attached by hand passes, with what that means and the way back', () => {
  const byHand = [{ kind: 'inline', role: 'chat-Sender', name: 'post' }] as const;
  const judgement = seen(heard, { byHand });
  expect(judgement).toMatchObject({ outcome: 'passed' });
  expect(judgement).toHaveProperty('remark', expect.stringContaining('in the account, not in the file'));
  expect(judgement).toHaveProperty('remark', expect.stringContaining('DeleteConflict'));
  expect(judgement).toHaveProperty('remark', expect.stringContaining('--role-name chat-Sender --policy-name post'));
});

test('a policy of the stack that was edited by hand passes, with what that means', () => {
  const byHand = [{ kind: 'changed', role: 'chat-Sender', name: 'Default', actions: ['a:b'] }] as const;
  const judgement = seen(heard, { byHand });
  expect(judgement).toMatchObject({
    outcome: 'passed',
    remark: expect.stringContaining('Default: a:b was added in the account'),
  });
  expect(judgement).not.toHaveProperty('remark', expect.stringContaining('DeleteConflict'));
});

test('allowed, but nobody hears: denied anyway, or for another reason', () => {
  expect(seen(unheard, {}, { log })).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining('may still be spreading'),
  });
  expect(seen(unheard)).toMatchObject({ outcome: 'passed', remark: expect.stringContaining('another reason') });
});

test('allowed, but it posts to another address: waits for nothing', () => {
  const at = (api: string) => `arn:aws:execute-api:us-east-1:1:${api}/room/POST/@connections/x`;
  const denied = { ...log, lines: [`ERROR {"errorMessage":"${refusal.replace('arn:masked', at('api2'))}"}`] };
  const judgement = seen(unheard, { posting: { ...may, resource: at('api1') } }, { log: denied });
  expect(judgement).toMatchObject({ outcome: 'failed', finding: { id: 'another-address' } });
  expect(judgement).not.toHaveProperty('waitsFor');
});

test('no route, or nobody can connect', () => {
  const door = { actual: 'answered with 403', at: 'Connect', evidence: [] };
  expect(seen({ ...unheard, refused: 403 }, {}, { door })).toMatchObject({ actual: door.actual, at: 'Connect' });
  expect(
    judge({ room: { apiId: 'a', api: 'Api', stageName: 'room', address: 'ws://x' }, spoken: unheard }),
  ).toMatchObject({
    outcome: 'failed',
    at: 'Api',
    actual: expect.stringContaining('no route sendmessage'),
  });
});
