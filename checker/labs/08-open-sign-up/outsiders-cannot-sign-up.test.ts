import { expect, test } from 'vitest';
import type { Admission } from '../../sign-in/sign-up.ts';
import type { Kind } from './outsiders.ts';
import { type Observation, outsidersCannotSignUp } from './outsiders-cannot-sign-up.ts';

const open = { poolId: 'us-east-1_a', pool: 'Users', adminOnly: false, byHand: false };
const gate = { ...open, trigger: { functionName: 'chat-PreSignUp', logicalId: 'PreSignUp4AB2' } };
const accepted: Admission = { kind: 'accepted', isConfirmed: false, isCodeSent: true };
const refused: Admission = { kind: 'refused', by: 'trigger', message: 'PreSignUp failed with error Employees only.' };
const kinds: readonly Kind[] = ['another domain', 'begins like it', 'ends like it', 'in upper case'];
const all = (admission: Admission) => kinds.map((kind) => ({ kind, address: `mallory@${kind}`, admission }));

function judged(more: Partial<Observation>) {
  return outsidersCannotSignUp.judge({ gate, outsiders: all(refused), failure: [], ...more });
}

test('the start points at the pool, and says that nobody decides', () => {
  expect(judged({ gate: open, outsiders: all(accepted).slice(0, 1) })).toMatchObject({
    outcome: 'failed',
    actual: expect.stringMatching(/^mallory@another domain signed up\. The user pool has no PreSignUp trigger/),
    at: 'Users',
    settled: true,
  });
});

test('passes if every outsider is rejected', () => {
  const judgement = judged({});
  expect(judgement).toMatchObject({ outcome: 'passed', actual: 'Cognito rejected 4 of 4 outsiders.' });
  expect(judgement).not.toHaveProperty('remark');
});

test.each<[Kind, string]>([
  ['begins like it', 'only begins with unicorn.example'],
  ['ends like it', 'only ends with unicorn.example'],
  ['in upper case', 'accepts it in upper case'],
])('points at the handler if it accepts a domain that is %s', (kind, words) => {
  const outsiders = all(refused).map((one) => (one.kind === kind ? { ...one, admission: accepted } : one));
  expect(judged({ outsiders })).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining(words),
    at: { handler: 'pre-sign-up.ts' },
    finding: { id: 'lets-in' },
  });
});

test('points at the construct if the trigger is a function of another name', () => {
  const other = { ...gate, trigger: { functionName: 'chat-Doorkeeper', logicalId: 'Doorkeeper4AB2' } };
  expect(judged({ gate: other, outsiders: all(accepted) })).toMatchObject({ at: 'Doorkeeper4AB2' });
});

test("fails if Cognito isn't allowed to invoke the trigger, since nobody gets an account", () => {
  const message = 'PreSignUp invocation failed due to error AccessDeniedException.';
  const outsiders = all({ kind: 'undecided', error: 'UnexpectedLambdaException', message });
  expect(judged({ outsiders })).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining(message),
    at: 'PreSignUp4AB2',
    waitsFor: 'Lambda',
    finding: { id: 'not-invoked' },
  });
});

test('an answer that Cognito rejects keeps outsiders out, with a remark', () => {
  const message = 'Unrecognizable lambda output';
  const outsiders = all({ kind: 'undecided', error: 'InvalidLambdaResponseException', message });
  expect(judged({ outsiders })).toMatchObject({ outcome: 'passed', remark: expect.stringContaining(message) });
});

test('passes if only administrators create accounts', () => {
  const refusedByPool: Admission = {
    kind: 'refused',
    by: 'pool',
    message: 'SignUp is not permitted for this user pool',
  };
  const judgement = judged({ gate: { ...open, adminOnly: true }, outsiders: all(refusedByPool).slice(0, 1) });
  expect(judgement).toMatchObject({
    outcome: 'passed',
    actual: expect.stringContaining('administrators create the accounts'),
    remark: expect.stringContaining('for each new employee'),
  });
});

test('a trigger that is only in the account passes as a manual change', () => {
  expect(judged({ gate: { ...gate, byHand: true } })).toMatchObject({
    outcome: 'passed',
    byHand: true,
    remark: expect.stringContaining('made manually in the account'),
  });
});
