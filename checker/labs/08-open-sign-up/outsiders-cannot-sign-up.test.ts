import { expect, test } from 'vitest';
import type { Admission } from '../../sign-in/sign-up.ts';
import { type Kind, outsidersToTry } from './outsiders.ts';
import { type Observation, outsidersCannotSignUp } from './outsiders-cannot-sign-up.ts';

const open = { poolId: 'us-east-1_a', pool: 'Users', adminOnly: false, byHand: false };
const gate = { ...open, trigger: { functionName: 'chat-PreSignUp', logicalId: 'PreSignUp4AB2' } };
const accepted: Admission = { kind: 'accepted', isConfirmed: false, isCodeSent: true };
const refused: Admission = { kind: 'refused', by: 'trigger', message: 'PreSignUp failed with error Employees only.' };
const guess = { fields: { invite: 'unicorn' }, elsewhere: 'unicorn', name: 'unicorn' };
const kinds: readonly Kind[] = outsidersToTry([guess]).map(({ kind }) => kind);
const all = (admission: Admission) => kinds.map((kind) => ({ kind, address: `mallory@${kind}`, admission }));

function judged(more: Partial<Observation>) {
  return outsidersCannotSignUp.judge({ gate, outsiders: all(refused), others: [], failure: [], ...more });
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
  expect(judgement).toMatchObject({ outcome: 'passed', actual: 'Cognito rejected 24 of 24 outsiders.' });
  expect(judgement).not.toHaveProperty('remark');
});

test.each<[Kind, string]>([
  ['begins like it', 'only begins with unicorn.example'],
  ['ends like it', 'only ends with unicorn.example'],
  ['only its ends', 'begins and ends like unicorn.example'],
  ['another top-level domain', 'under another top-level domain'],
  ['mistyped', 'differs from unicorn.example by a typing error'],
  ['another alphabet', 'in a letter beyond ASCII'],
  ['before the @', 'accepts mallory before the @'],
  ['in upper case', 'accepts it in upper case'],
])('points at the handler if it accepts an address: %s', (kind, words) => {
  const outsiders = all(refused).map((one) => (one.kind === kind ? { ...one, admission: accepted } : one));
  expect(judged({ outsiders })).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining(words),
    at: { handler: 'pre-sign-up.ts' },
    finding: { id: 'lets-in' },
  });
});

test('fails if an outsider is accepted with another client of the pool', () => {
  const byOtherClient = { kind: 'another domain', name: 'm', address: 'm@a.test', admission: accepted } as const;
  expect(judged({ byOtherClient: { ...byOtherClient, clientId: '1a2b' } })).toMatchObject({
    outcome: 'failed',
    actual: expect.stringMatching(/^m@a\.test signed up with the client 1a2b\. /),
    at: { handler: 'pre-sign-up.ts', near: expect.arrayContaining(['clientId']) },
    finding: { id: 'another-client' },
  });
});

test('points at what the function reads if it believes the client', () => {
  const outsiders = all(refused).map((one) =>
    one.kind === 'beside the address' ? { ...one, claimed: 'ada@unicorn.example', admission: accepted } : one,
  );
  expect(judged({ outsiders })).toMatchObject({
    actual: expect.stringContaining('trusts what a client can write as it likes'),
    at: { near: expect.arrayContaining(['clientMetadata']) },
    finding: { id: 'believes-the-client' },
  });
});

test('points at the user name if the function believes that, and shows it', () => {
  const outsiders = all(refused).map((one) =>
    one.kind === 'in the user name' ? { ...one, name: 'ada@unicorn.example', admission: accepted } : one,
  );
  expect(judged({ outsiders })).toMatchObject({
    actual: expect.stringContaining('in the user name'),
    at: { near: ['userName'] },
    finding: { id: 'believes-the-client' },
    evidence: expect.arrayContaining([
      expect.objectContaining({
        lines: expect.arrayContaining([expect.stringContaining('(ada@unicorn.example as the')]),
      }),
    ]),
  });
});

/** Outsiders of whom one was accepted. */
function onlyAccepted(kind: Kind, more: object, isConfirmed = false) {
  const admission = { ...accepted, isConfirmed } as Admission;
  return all(refused).map((one) => (one.kind === kind ? { ...one, ...more, admission } : one));
}

test('fails if somebody without an address gets an account, and says what that is worth', () => {
  const outsiders = onlyAccepted('no address', { address: undefined, name: 'mallory' });
  expect(judged({ outsiders })).toMatchObject({
    outcome: 'failed',
    actual: expect.stringMatching(
      /^mallory, without an address, signed up: .* stays unconfirmed until an administrator/,
    ),
    finding: { id: 'needs-no-address' },
    evidence: expect.arrayContaining([
      expect.objectContaining({
        lines: expect.arrayContaining([expect.stringMatching(/^mallory \(no address\): acc/)]),
      }),
    ]),
  });
  const confirmed = onlyAccepted('no address', { address: undefined, name: 'mallory' }, true);
  expect(judged({ outsiders: confirmed })).toMatchObject({ actual: expect.stringContaining('account is confirmed.') });
});

test('points at what the client says if the trigger trusts a word of its own source', () => {
  const outsiders = onlyAccepted('as the source says', { name: 'unicorn', claimed: '"unicorn"' });
  expect(judged({ outsiders })).toMatchObject({
    actual: expect.stringContaining('the trigger trusts what a client says: "unicorn", as the user name or in'),
    at: { near: expect.arrayContaining(['validationData', 'userName']) },
    finding: { id: 'believes-the-client' },
    evidence: expect.arrayContaining([
      expect.objectContaining({
        lines: expect.arrayContaining([expect.stringContaining('("unicorn" as the user name, in other attributes')]),
      }),
    ]),
  });
});

test('shows the attributes that could not say what the source says', () => {
  const attributes = { name: '+1555', phone_number: '+15555550100' };
  const outsiders = onlyAccepted('as the source says', { claimed: '"+1555"', attributes });
  expect(judged({ outsiders })).toMatchObject({
    evidence: expect.arrayContaining([
      expect.objectContaining({
        lines: expect.arrayContaining([
          expect.stringContaining(
            '("+1555" in other attributes, ValidationData and ClientMetadata; phone_number +155555',
          ),
        ]),
      }),
    ]),
  });
});

test('says that somebody was accepted at the second attempt', () => {
  expect(judged({ outsiders: onlyAccepted('a second time', {}) })).toMatchObject({
    actual: expect.stringContaining('accepts it the second time'),
    finding: { id: 'accepts-strangers' },
  });
});

test('points at the length if only short addresses are rejected, and says no more than it tried', () => {
  expect(judged({ outsiders: onlyAccepted('a long address', {}) })).toMatchObject({
    // The long address has another domain than the short one.
    actual: expect.stringMatching(
      /: the trigger rejected a short address outside the company, but accepts a long one\.$/,
    ),
    at: { near: expect.arrayContaining(['.length']) },
    finding: { id: 'accepts-strangers', hints: expect.arrayContaining([expect.stringContaining('length')]) },
  });
});

test('a trigger that accepts any domain has to throw, whatever it compares', () => {
  expect(judged({ outsiders: all(accepted) })).toMatchObject({
    outcome: 'failed',
    at: { handler: 'pre-sign-up.ts', near: expect.arrayContaining(['catch', 'throw']) },
    finding: { id: 'accepts-strangers' },
  });
});

test('points at the construct if the trigger is a function of another name', () => {
  const other = { ...gate, trigger: { functionName: 'chat-Doorkeeper', logicalId: 'Doorkeeper4AB2' } };
  expect(judged({ gate: other, outsiders: all(accepted) })).toMatchObject({ at: 'Doorkeeper4AB2' });
});

test('points at the construct if the code of the trigger is in the template', () => {
  const inline = { ...gate, trigger: { ...gate.trigger, isInline: true as const } };
  expect(judged({ gate: inline, outsiders: all(accepted) })).toMatchObject({ at: 'PreSignUp4AB2' });
});

test('fails if outsiders sign up in another pool that the room trusts', () => {
  const gate = { ...open, poolId: 'us-east-1_b', pool: 'Before' };
  const before = { gate, outsiders: all(accepted).slice(0, 1), admits: undefined };
  expect(judged({ others: [{ ...before, admits: true }] })).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining('signed up in another user pool, Before. The room admits its users, too.'),
  });
  expect(judged({ others: [before] })).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining('The room gets the id of that pool, too.'),
    at: 'Before',
    finding: { id: 'another-pool' },
  });
  expect(judged({ others: [{ ...before, outsiders: all(refused) }] })).toMatchObject({ outcome: 'passed' });
});

test("fails if Cognito can't invoke the trigger, and says nothing about people who weren't asked", () => {
  const message = 'PreSignUp invocation failed due to error AccessDeniedException.';
  const outsiders = all({ kind: 'undecided', error: 'UnexpectedLambdaException', message });
  expect(judged({ outsiders })).toMatchObject({
    outcome: 'failed',
    actual: `mallory@another domain wanted an account, and the trigger didn't decide: ${message}`,
    at: 'PreSignUp4AB2',
    waitsFor: 'Lambda',
    finding: { id: 'not-invoked' },
  });
});

test('points into the handler if the trigger took too long', () => {
  const message = 'PreSignUp invocation failed due to error Socket timeout while invoking Lambda function.';
  const outsiders = all({ kind: 'undecided', error: 'UnexpectedLambdaException', message });
  expect(judged({ outsiders })).toMatchObject({ at: { handler: 'pre-sign-up.ts', of: 'PreSignUp4AB2' } });
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
