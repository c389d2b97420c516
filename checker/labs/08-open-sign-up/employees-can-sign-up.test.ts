import { expect, test } from 'vitest';
import type { Admission } from '../../sign-in/sign-up.ts';
import { employeesCanSignUp, type Observation } from './employees-can-sign-up.ts';
import { inSomeCase } from './outsiders.ts';

const gate = {
  poolId: 'us-east-1_a',
  pool: 'Users',
  trigger: { functionName: 'chat-PreSignUp', logicalId: 'PreSignUp4AB2' },
  adminOnly: false,
  byHand: false,
};
const accepted: Admission = { kind: 'accepted', isConfirmed: false, isCodeSent: true };
const refused: Admission = { kind: 'refused', by: 'trigger', message: 'PreSignUp failed with error Employees only.' };
const mixed = (admission: Admission) => ({ address: 'grace@Unicorn.Example', admission });
const lower = (admission: Admission) => ({ address: 'grace@unicorn.example', admission });
const byAdministrator = { address: 'ada@unicorn.example', admission: accepted };

function judged(more: Partial<Observation>) {
  return employeesCanSignUp.judge({
    gate,
    signedUp: [lower(accepted), mixed(accepted)],
    byAdministrator,
    failure: [],
    ...more,
  });
}

test('passes if an employee has to confirm the address with a code', () => {
  expect(judged({})).toMatchObject({ outcome: 'passed', actual: expect.stringContaining('confirm the address') });
});

test('passes if an administrator creates the account', () => {
  const { trigger: _, ...open } = gate;
  expect(judged({ gate: { ...open, adminOnly: true }, signedUp: [] })).toMatchObject({
    outcome: 'passed',
    actual: 'An administrator created an account for an employee.',
  });
});

test('passes if the trigger leaves accounts to administrators', () => {
  const signedUp = [lower(refused), mixed(refused)];
  expect(judged({ signedUp })).toMatchObject({
    outcome: 'passed',
    actual: 'An administrator created an account for an employee.',
  });
  expect(judged({ signedUp })).toMatchObject({
    remark: 'Nobody can sign up. The trigger rejected two employees: PreSignUp failed with error Employees only.',
  });
  const byAdministrator = lower(refused);
  expect(judged({ signedUp, byAdministrator })).toMatchObject({ finding: { id: 'refuses-employees' } });
});

test('a trigger that fails by mistake leaves nothing to administrators', () => {
  const crashed = (message: string, ...lines: string[]) => {
    const admission: Admission = { ...refused, message: `PreSignUp failed with error ${message}.` };
    return judged({ signedUp: [lower(admission), mixed(admission)], failure: [{ source: 'log', lines }] });
  };
  const finding = { finding: { id: 'refuses-employees' } };
  expect(crashed("Cannot read properties of undefined (reading 'toLowerCase')")).toMatchObject(finding);
  expect(crashed('Invalid URL', 'x y ERROR TypeError: Invalid URL')).toMatchObject(finding);
  expect(crashed('Invalid URL', 'x y ERROR Error: Invalid URL')).toMatchObject({ outcome: 'passed' });
  expect(crashed('Ask Ada', 'x y ERROR TypeError: Invalid URL')).toMatchObject({ outcome: 'passed' });
});

test.each<[string, string, Partial<Observation>]>([
  ['case-matters', "grace@Unicorn.Example couldn't", { signedUp: [lower(accepted), mixed(refused)] }],
  ['case-matters', "grace@unicorn.example couldn't", { signedUp: [lower(refused), mixed(accepted)] }],
  [
    'refuses-employees',
    "grace@unicorn.example couldn't sign up: PreSignUp failed with error Employees only.",
    { signedUp: [lower(refused), mixed(refused)], byAdministrator: lower(refused) },
  ],
  ['auto-confirmed', 'without a code', { signedUp: [lower({ ...accepted, isConfirmed: true })] }],
  ['auto-confirmed', 'grace@Unicorn', { signedUp: [lower(accepted), mixed({ ...accepted, isConfirmed: true })] }],
  ['no-code', 'can never be confirmed', { signedUp: [lower({ ...accepted, isCodeSent: false })] }],
  [
    'refuses-administrators',
    "An administrator couldn't create an account for ada@unicorn.example",
    { byAdministrator: { ...byAdministrator, admission: refused } },
  ],
])('finds %s', (id, words, observation) => {
  expect(judged(observation)).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining(words),
    settled: true,
    finding: { id },
  });
});

test('a trigger that Cognito cannot invoke yet is looked at again', () => {
  const message = 'PreSignUp invocation failed due to error AccessDeniedException.';
  const unasked: Admission = { kind: 'undecided', error: 'UnexpectedLambdaException', message };
  for (const observation of [
    { signedUp: [mixed(unasked)] },
    { byAdministrator: { ...byAdministrator, admission: unasked } },
  ]) {
    const judgement = judged(observation);
    expect(judgement).toMatchObject({ outcome: 'failed', waitsFor: 'Lambda', finding: { id: 'not-invoked' } });
    expect(judgement).not.toHaveProperty('settled');
  }
});

test('an employee is rejected if the answer of the trigger is not an event', () => {
  const message = 'Unrecognizable lambda output';
  const undecided: Admission = { kind: 'undecided', error: 'InvalidLambdaResponseException', message };
  expect(judged({ signedUp: [mixed(undecided)] })).toMatchObject({ finding: { id: 'refuses-employees' } });
});

test('points at what the function answers if Cognito rejects the answer', () => {
  const message = 'Phone or email cannot be auto verified, when user is not being auto confirmed';
  const undecided: Admission = { kind: 'undecided', error: 'InvalidLambdaResponseException', message };
  expect(judged({ signedUp: [lower(undecided)] })).toMatchObject({
    at: { near: ['autoVerify', 'function handler(', 'handler ='] },
  });
  expect(judged({ signedUp: [lower(refused)], byAdministrator: lower(refused) })).toMatchObject({
    at: { near: expect.arrayContaining(['throw']) },
  });
});

test('the answer of Cognito becomes one sentence, with one period', () => {
  const message = 'PreSignUp failed with error Employees only..';
  const signedUp = [lower({ ...refused, message }), mixed(refused)];
  const { actual } = judged({ signedUp, byAdministrator: lower(refused) }) as { actual: string };
  expect(actual).toMatch(/Employees only\.$/);
});

test('the domain in some case is never all in lower case, and always the same domain', () => {
  for (let number = 0; number < 50; number += 1) {
    const domain = inSomeCase();
    expect(domain).not.toBe('unicorn.example');
    expect(domain.toLowerCase()).toBe('unicorn.example');
  }
});
