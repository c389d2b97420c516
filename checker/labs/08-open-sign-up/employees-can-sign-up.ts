import { type At, check, type Evidence, type Finding, type Subject } from '../../checking/check.ts';
import { errorIn, isMistake, thrownAt } from '../../observe/thrown.ts';
import { startNote } from '../../probe/notes.ts';
import { variedUserName } from '../../probe/visitor-name.ts';
import { addressOf, COMPANY } from '../../sign-in/company.ts';
import { makeUser } from '../../sign-in/guests.ts';
import type { OpenPool } from '../../sign-in/open-pool.ts';
import { type Admission, refusalIn, signUp } from '../../sign-in/sign-up.ts';
import { docs } from '../docs.ts';
import * as findings from './findings.ts';
import { inSomeCase } from './outsiders.ts';
import { observeSignUpGate, type SignUpGate, signUpGateEvidence } from './sign-up-gate.ts';
import {
  COMPARISON,
  isNotInvoked,
  placeOfDecision,
  placeOfNoAnswer,
  type Tried,
  triedEvidence,
  who,
  whyNot,
} from './tried.ts';

export interface Observation {
  readonly gate: SignUpGate;
  /**
   * An employee who types the address in lower case; then one who types it in another case, unless the first decides.
   */
  readonly signedUp: readonly Tried[];
  /** An employee for whom an administrator creates an account. Missing if only some could sign up. */
  readonly byAdministrator?: Tried;
  readonly failure: readonly Evidence[];
}

export const employeesCanSignUp = check<Observation>({
  id: 'employees-can-sign-up',
  title: 'Employees can get an account',
  needs: ['outsiders-cannot-sign-up'],
  expected: `Employees sign up with addresses at ${COMPANY}, in any case, and confirm them with a code. Or an administrator creates the account.`,
  async observe(subject) {
    const open = await observeSignUpGate(subject);
    const { gate } = open;
    // The outsiders were rejected before, which the log says, too.
    const since = Date.now();
    const signedUp = gate.adminOnly ? [] : await employeesSignUp(subject, open);
    const isAlike = signedUp.every(({ admission }) => admission.kind === 'accepted') || signedUp.every(isRejected);
    const byAdministrator = isAlike ? await created(subject, open) : undefined;
    const all = [...signedUp, ...(byAdministrator === undefined ? [] : [byAdministrator])];
    return {
      gate,
      signedUp,
      byAdministrator,
      failure: await whyNot(
        subject,
        gate,
        all.filter(({ admission }) => admission.kind !== 'accepted'),
        since,
      ),
    };
  },
  judge({ gate, signedUp, byAdministrator, failure }) {
    const byAdministratorOnly =
      byAdministrator?.admission.kind === 'accepted' &&
      signedUp.every((one) => isRejected(one) && !hasCrashed(one, failure));
    const isRefused = ({ admission }: Tried) =>
      admission.kind === 'accepted' ? admission.isConfirmed : !byAdministratorOnly;
    const evidence = [
      signUpGateEvidence(gate),
      ...(signedUp.length === 0 ? [] : [triedEvidence(signedUp, isRefused)]),
      ...(byAdministrator === undefined
        ? []
        : [triedEvidence([byAdministrator], ({ admission }) => admission.kind !== 'accepted', 'AdminCreateUser')]),
      ...failure,
    ];
    const failed = (actual: string, at: At, finding: Finding) =>
      ({ outcome: 'failed', actual, evidence, at, settled: true, finding }) as const;
    const decision = placeOfDecision(gate, ['throw', 'return', ...COMPARISON]);
    const accepted = signedUp.flatMap(({ address, admission }) =>
      admission.kind === 'accepted' ? { address, ...admission } : [],
    );
    const refused = byAdministratorOnly ? undefined : signedUp.find(({ admission }) => admission.kind !== 'accepted');
    const unasked = [...signedUp, ...(byAdministrator === undefined ? [] : [byAdministrator])].find(isNotInvoked);
    if (unasked !== undefined) {
      return {
        outcome: 'failed',
        actual: `${who(unasked)} got no account: ${sentence(unasked)}`,
        evidence,
        at: placeOfNoAnswer(gate, unasked),
        waitsFor: 'Lambda',
        finding: findings.notInvoked,
      };
    }
    if (refused !== undefined && accepted[0] !== undefined) {
      return failed(
        `${who(accepted[0])} could sign up, but ${who(refused)} couldn't. Nobody becomes an outsider by typing an address in another case.`,
        placeOfDecision(gate, COMPARISON),
        findings.caseMatters,
      );
    }
    if (refused !== undefined) {
      const said = sentence(refused);
      const isMissing = NOT_EXPORTED.test(said);
      const at = isInvalid(refused)
        ? placeOfDecision(gate, ANSWER)
        : isMissing
          ? placeOfDecision(gate, HANDLER)
          : decision;
      // The function can also fail by mistake, which Cognito reports like a rejection.
      const place = isMissing ? undefined : thrownAt(failure);
      return { ...failed(`${who(refused)} couldn't sign up: ${said}`, at, findings.refusesEmployees), place };
    }
    const confirmed = accepted.find(({ isConfirmed }) => isConfirmed);
    if (confirmed !== undefined) {
      return failed(
        `${who(confirmed)} was confirmed without a code. Anyone can type in a colleague's address and get an account with it.`,
        placeOfDecision(gate, ['autoConfirmUser']),
        findings.autoConfirmed,
      );
    }
    const codeless = accepted.find(({ isCodeSent }) => !isCodeSent);
    if (codeless !== undefined) {
      return failed(
        `${who(codeless)} signed up, but Cognito sent no code, so the account can never be confirmed.`,
        gate.pool,
        findings.noCode,
      );
    }
    if (byAdministrator !== undefined && byAdministrator.admission.kind !== 'accepted') {
      return failed(
        `An administrator couldn't create an account for ${who(byAdministrator)}: ${sentence(byAdministrator)}`,
        decision,
        findings.refusesAdministrators,
      );
    }
    return {
      outcome: 'passed',
      actual: byAdministratorOnly
        ? 'An administrator created an account for an employee.'
        : 'Two employees signed up and must confirm the address with a code.',
      ...(byAdministratorOnly && signedUp[0] !== undefined
        ? { remark: `Nobody can sign up. The trigger rejected two employees: ${sentence(signedUp[0])}` }
        : {}),
      evidence,
      at: gate.trigger?.logicalId ?? gate.pool,
    };
  },
  hints: [
    'Outsiders no longer get an account. Do employees?',
    "Read Cognito's answers: `npx lab check 08` shows who tried, and the result.",
    'A PreSignUp trigger decides by what it returns or throws: returning the event unchanged accepts the user, who still has to enter the code from the mail. Cognito invokes it when somebody signs up and when an administrator creates a user.',
    '`npx lab diff 08` shows what you changed. In stack.ts, change only what the pool does before a sign-up.',
  ],
  findings: [
    findings.notInvoked,
    findings.refusesEmployees,
    findings.caseMatters,
    findings.autoConfirmed,
    findings.noCode,
    findings.refusesAdministrators,
  ],
  docs: docs(
    '08-open-sign-up',
    'https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html',
  ),
});

/**
 * Two employees sign up: one with an address in lower case, one with an address in another case, which a trigger can
 * treat differently. The addresses have all the characters that are common there. Cognito sends mail to each accepted
 * user, so the second doesn't try if the first already decides.
 */
async function employeesSignUp(subject: Subject, open: OpenPool): Promise<readonly Tried[]> {
  const tried: Tried[] = [];
  for (const isLower of [true, false]) {
    const name = variedUserName();
    const address = isLower ? addressOf(name) : `${name.toUpperCase()}@${inSomeCase()}`;
    let { admission } = await signUp(subject, open, { name: isLower ? name : name.toUpperCase(), address });
    // A user name can have to be what is before the @, or to be in lower case.
    if (!isLower && admission.kind === 'refused') ({ admission } = await signUp(subject, open, { name, address }));
    tried.push({ address, admission });
    if (admission.kind === 'undecided' || (admission.kind === 'accepted' && !hasToConfirm(admission))) break;
  }
  return tried;
}

function hasToConfirm({ isConfirmed, isCodeSent }: Extract<Admission, { kind: 'accepted' }>): boolean {
  return !isConfirmed && isCodeSent;
}

/** Whether the trigger rejected somebody, as it can on purpose if only administrators create accounts. */
function isRejected({ admission }: Tried): boolean {
  return admission.kind === 'refused' && admission.by === 'trigger';
}

/** The words of JavaScript for a mistake. A log on AWS shows them late. */
const CRASHED = /\bCannot (?:read|set) propert|\bis not (?:defined|a function|iterable)\b/;

/**
 * Whether the trigger failed by mistake, which Cognito reports like a rejection. An older error in the log doesn't
 * count.
 */
function hasCrashed({ admission }: Tried, failure: readonly Evidence[]): boolean {
  const message = 'message' in admission ? admission.message : '';
  const errors = failure.flatMap(({ source, lines }) => (source === 'log' ? lines.map(errorIn) : []));
  return (
    CRASHED.test(message) ||
    errors.some((error = '') => isMistake(error) && message.includes(error.replace(/^\w+: /, '')))
  );
}

/** Creates an account as an administrator, without sending mail. */
async function created(subject: Subject, { pool, settings }: OpenPool): Promise<Tried> {
  const name = variedUserName();
  const address = addressOf(name);
  const accepted: Admission = { kind: 'accepted', isConfirmed: false, isCodeSent: false };
  const admission = await makeUser(subject, pool.id, { name, address }, settings, startNote(subject, 'users')).then(
    () => accepted,
    (error: unknown) => {
      const refusal = refusalIn(error);
      if (refusal === undefined) throw error;
      return refusal;
    },
  );
  return { address, admission };
}

/** A function that Lambda invokes, in its source, or others that its file exports. */
const HANDLER = ['function handler(', 'handler =', 'export'];

/** What a trigger returns, in its source: flags that Cognito rejects, or else whatever the function ends with. */
const ANSWER = ['autoVerify', 'function handler(', 'handler ='];

/** Lambda's error if the file has no such function: `index.handler is undefined or not exported`. */
const NOT_EXPORTED = /\bundefined or not exported\b/;

/** Whether Cognito got an answer that it rejects. */
function isInvalid({ admission }: Tried): boolean {
  return admission.kind === 'undecided' && admission.error === 'InvalidLambdaResponseException';
}

/** Returns Cognito's answer as a sentence. */
function sentence({ admission }: Tried): string {
  return 'message' in admission ? `${admission.message.replace(/\.+$/, '')}.` : '';
}
