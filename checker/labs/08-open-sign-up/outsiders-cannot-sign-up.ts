import { type At, check, type Evidence, type Finding, type Judgement } from '../../checking/check.ts';
import { COMPANY } from '../../sign-in/company.ts';
import { docs } from '../docs.ts';
import { admits } from './admits.ts';
import * as findings from './findings.ts';
import { type NotAttached, notAttached } from './not-attached.ts';
import { acceptedByOtherClient, type ByOtherClient } from './other-clients.ts';
import { type Kind, type Outsider, outsidersSignUp } from './outsiders.ts';
import { observeOtherGates, observeSignUpGate, type SignUpGate, signUpGateEvidence } from './sign-up-gate.ts';
import {
  COMPARISON,
  isNotInvoked,
  isUndecided,
  placeOfDecision,
  placeOfNoAnswer,
  triedEvidence,
  who,
  whyNot,
} from './tried.ts';

/** A pool, and the outsiders who tried to sign up there, up to the first accepted one. */
interface Door {
  readonly gate: SignUpGate;
  readonly outsiders: readonly Outsider[];
}

export interface Observation extends Door {
  /** The same for other pools of the stack whose users the room admits, as far as is known. */
  readonly others: ReadonlyArray<Door & { readonly admits: boolean | undefined }>;
  /** An outsider whom the pool accepted with another client, if it accepted nobody with the page's. */
  readonly byOtherClient?: ByOtherClient | undefined;
  /** Why the pool has no trigger although the program sets one. */
  readonly notAttached?: NotAttached | undefined;
  /** The account's view of a trigger that decided nothing. */
  readonly failure: readonly Evidence[];
}

export const outsidersCannotSignUp = check<Observation>({
  id: 'outsiders-cannot-sign-up',
  title: "Outsiders can't get an account",
  needs: ['room-is-deployed'],
  expected: `Cognito rejects sign-ups with addresses outside ${COMPANY}, and creates no user.`,
  async observe(subject) {
    const open = await observeSignUpGate(subject);
    const outsiders = await outsidersSignUp(subject, open);
    const others: Array<Observation['others'][number]> = [];
    for (const other of await observeOtherGates(subject)) {
      // A pool that rejects how the checker signs up is no way in for its visitors.
      const outsiders = await outsidersSignUp(subject, other).catch(() => []);
      const isOpen = outsiders.some(({ admission }) => admission.kind === 'accepted');
      const isTrusted = isOpen ? await admits(subject, other) : undefined;
      if (isTrusted ?? other.pool.isNamed) others.push({ gate: other.gate, outsiders, admits: isTrusted });
    }
    return {
      gate: open.gate,
      outsiders,
      byOtherClient: outsiders.every(isRefused) ? await acceptedByOtherClient(subject, open) : undefined,
      others,
      notAttached: open.gate.trigger === undefined ? notAttached(subject.program()) : undefined,
      failure: await whyNot(subject, open.gate, outsiders.filter(isUndecided)),
    };
  },
  judge({ gate, outsiders, byOtherClient, others, notAttached: unused, failure }) {
    const all = [...outsiders, ...(byOtherClient === undefined ? [] : [byOtherClient])];
    const evidence = [
      ...[{ gate, outsiders: all }, ...others].flatMap((door) => [
        signUpGateEvidence(door.gate),
        triedEvidence(door.outsiders, (one) => one.admission.kind === 'accepted' || isNotInvoked(one)),
      ]),
      ...failure,
    ];
    const failed = (actual: string, at: At, more: Partial<Extract<Judgement, { outcome: 'failed' }>> = {}) =>
      ({ outcome: 'failed', actual, evidence, at, ...more }) as const;
    const accepted = outsiders.find(({ admission }) => admission.kind === 'accepted');
    if (accepted !== undefined && gate.trigger === undefined) {
      return failed(
        `${who(accepted)} signed up. The user pool has no PreSignUp trigger${unused === undefined ? ', so anyone gets an account' : `: ${unused.inWords}`}.`,
        gate.pool,
        { settled: true, place: unused?.place, finding: unused?.finding },
      );
    }
    if (accepted !== undefined) {
      return failed(
        `${who(accepted)} signed up: ${why[accepted.kind](accepted)}.`,
        placeOfDecision(gate, nearOf[accepted.kind] ?? COMPARISON),
        { settled: true, finding: findingOf[accepted.kind] ?? findings.letsIn },
      );
    }
    if (byOtherClient !== undefined) {
      return failed(
        `${who(byOtherClient)} signed up with the client ${byOtherClient.clientId}. The trigger rejects outsiders who use the page's client, but not those who use this one. It has no secret, so anyone can.`,
        placeOfDecision(gate, ['clientId', 'callerContext']),
        { settled: true, finding: findings.anotherClient },
      );
    }
    for (const other of others) {
      const someone = other.outsiders.find(({ admission }) => admission.kind === 'accepted');
      if (someone === undefined) continue;
      return failed(
        `${who(someone)} signed up in another user pool, ${other.gate.pool}. The room ${other.admits === true ? 'admits its users' : 'gets the id of that pool'}, too.`,
        other.gate.pool,
        { settled: true, finding: findings.anotherPool },
      );
    }
    const unasked = outsiders.find(isNotInvoked);
    if (unasked?.admission.kind === 'undecided') {
      return failed(
        `${who(unasked)} wanted an account, and the trigger didn't decide: ${unasked.admission.message}`,
        placeOfNoAnswer(gate, unasked),
        { waitsFor: 'Lambda', finding: findings.notInvoked },
      );
    }
    const remark = [
      ...(gate.byHand ? [BY_HAND] : []),
      ...(gate.adminOnly ? [ADMIN_ONLY] : []),
      ...(outsiders.some(isUndecided) ? [BY_CRASHING] : []),
    ].join(' ');
    return {
      outcome: 'passed',
      actual: gate.adminOnly
        ? 'Nobody can sign up: administrators create the accounts.'
        : `Cognito rejected ${outsiders.length} of ${outsiders.length} outsiders.`,
      evidence,
      at: gate.trigger?.logicalId ?? gate.pool,
      ...(remark === '' ? {} : { remark }),
      ...(gate.byHand ? { byHand: true } : {}),
    };
  },
  hints: [
    'A rival is in the room, signed in like everyone else. The account is genuine, with a free mail address.',
    'The user pool creates the accounts. Look at Users in stack.ts: what decides who gets one? Then look at the functions. Which one is never invoked?',
    `A user pool can invoke your functions at certain moments: triggers. It invokes PreSignUp before it creates a user. If the function throws, Cognito creates no user and passes on the message. The function PreSignUp compares the domain of the address with ${COMPANY}; it is deployed, but this pool doesn't invoke it.`,
    `Below the function in stack.ts:

users.addTrigger(UserPoolOperation.PRE_SIGN_UP, preSignUp);`,
  ],
  findings: [
    findings.acceptsStrangers,
    findings.letsIn,
    findings.believesTheClient,
    findings.needsNoAddress,
    findings.anotherClient,
    findings.anotherPool,
    findings.notInvoked,
    findings.afterSynth,
    findings.misspelledKey,
  ],
  docs: docs(
    '08-open-sign-up',
    'https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-sign-up.html',
  ),
});

function isRefused({ admission }: Outsider): boolean {
  return admission.kind === 'refused';
}

/** Mistakes that are no comparison with a similar domain. */
const findingOf: Partial<Record<Kind, Finding>> = {
  'another domain': findings.acceptsStrangers,
  'beside the address': findings.believesTheClient,
  'in the user name': findings.believesTheClient,
  'a long address': findings.acceptsStrangers,
  'no address': findings.needsNoAddress,
  'a second time': findings.acceptsStrangers,
  'as the source says': findings.believesTheClient,
};

/** What the function does with such people, in its source. */
const nearOf: Partial<Record<Kind, readonly string[]>> = {
  'another domain': ['catch', 'autoConfirmUser', 'console.', 'throw', 'return event', 'return'],
  'beside the address': ['clientMetadata', 'validationData', 'userAttributes'],
  'in the user name': ['userName'],
  'a long address': ['.length', ...COMPARISON],
  'a second time': ['.has(', '.add(', '.set(', ...COMPARISON],
  'as the source says': ['clientMetadata', 'validationData', 'userName', 'userAttributes'],
};

/** Why the trigger mistook somebody for an employee. */
const why: Readonly<Record<Kind, (one: Outsider) => string>> = {
  'another domain': () => "the trigger accepts a domain that isn't the company's",
  'begins like it': () => `the trigger accepts a domain that only begins with ${COMPANY}. Anyone can own such a domain`,
  'ends like it': () =>
    `the trigger accepts a domain that only ends with ${COMPANY}. Anyone can register such a domain`,
  'only its ends': () =>
    `the trigger accepts a domain that begins and ends like ${COMPANY}, with something in between. Anyone can register such a domain`,
  'part of it': () =>
    `the trigger accepts a domain that is only a part of ${COMPANY}. Anyone can register such a domain`,
  'another top-level domain': () =>
    `the trigger accepts the company's name under another top-level domain. Anyone can register such a domain`,
  mistyped: () =>
    `the trigger accepts a domain that differs from ${COMPANY} by a typing error. Anyone can register such a domain`,
  'another alphabet': () =>
    `the trigger accepts a domain that differs from ${COMPANY} in a letter beyond ASCII. Anyone can register such a domain`,
  'before the @': ({ address = '' }) =>
    `the trigger accepts ${address.replace(/@.*$/, '')} before the @. Anyone can choose that part of an address`,
  'beside the address': () =>
    'the trigger trusts what a client can write as it likes: other attributes, such as a phone number, ValidationData or ClientMetadata',
  'in the user name': () => `the trigger looks for ${COMPANY} in the user name. Anyone can choose that`,
  'in upper case': () => 'the trigger rejects this domain in lower case, but accepts it in upper case',
  'a long address': () => 'the trigger rejected a short address outside the company, but accepts a long one',
  'no address': ({ admission }) =>
    `the trigger accepts people who give no address. ${
      admission.kind === 'accepted' && admission.isConfirmed
        ? 'The account is confirmed'
        : 'Cognito sends them no code, so the account stays unconfirmed until an administrator confirms it'
    }`,
  'as the source says': ({ claimed = '' }) =>
    `the trigger trusts what a client says: ${claimed}, as the user name or in other attributes, ValidationData or ClientMetadata. Anyone can send that`,
  'a second time': () => 'the trigger rejected this address before, but accepts it the second time',
};

const BY_HAND =
  'This setting was made manually in the account; a fresh deployment will lose it. Add it to stack.ts, and deploy.';
const ADMIN_ONLY =
  'Only administrators create accounts. That keeps outsiders out, but somebody has to create an account for each new employee.';
const BY_CRASHING =
  'The trigger rejects people by returning something invalid, so they see "Unrecognizable lambda output". If it throws, they see its message.';
