import type { At, Evidence, Subject } from '../../checking/check.ts';
import { observeFunction } from '../../observe/function.ts';
import { COMPANY } from '../../sign-in/company.ts';
import type { Admission } from '../../sign-in/sign-up.ts';
import type { SignUpGate } from './sign-up-gate.ts';

/** Somebody who wanted an account, and the result. */
export interface Tried {
  /** Missing if they gave none. */
  readonly address?: string | undefined;
  /** The user name that they want. */
  readonly name?: string;
  /** What they said in everything else that a client can write. */
  readonly claimed?: string | undefined;
  /** The attributes in which they said that, or something else if only that is valid. */
  readonly attributes?: Readonly<Record<string, string>> | undefined;
  readonly admission: Admission;
}

/** Returns how somebody is named in sentences. */
export function who({ address, name = '' }: Pick<Tried, 'address' | 'name'>): string {
  return address ?? `${name}, without an address,`;
}

/** Returns Cognito's answer to each; wrong answers are marked. */
export function triedEvidence(tried: readonly Tried[], isWrong: (one: Tried) => boolean, source = 'SignUp'): Evidence {
  const marked = tried.flatMap((one, index) => (isWrong(one) ? index : []));
  return {
    source,
    lines: tried.map((one) => `${one.address ?? one.name}${beside(one)}: ${inWords(one.admission, source)}`),
    ...(marked.length === 0 ? {} : { marked }),
  };
}

function beside({ address, name, claimed, attributes = {} }: Tried): string {
  if (address === undefined) return ' (no address)';
  if (claimed === undefined) return name?.includes('@') ? ` (${name} as the user name)` : '';
  const others = Object.entries(attributes).filter(([, value]) => !claimed.includes(value));
  const where = claimed === `"${name}"` ? 'as the user name, in' : 'in';
  const list = others.map(([attribute, value]) => `; ${attribute} ${value}`).join('');
  return ` (${claimed} ${where} other attributes, ValidationData and ClientMetadata${list})`;
}

function inWords(admission: Admission, source: string): string {
  if (admission.kind === 'refused') return `rejected: ${admission.message}`;
  if (admission.kind === 'undecided') return `${admission.error}: ${admission.message}`;
  // The checker asks for no mail then.
  if (source === 'AdminCreateUser') return 'created';
  if (admission.isConfirmed) return 'accepted and confirmed, without a code';
  return `accepted, to be confirmed${admission.isCodeSent ? ' with the code that was sent' : ', but no code was sent'}`;
}

/** Whether Cognito couldn't invoke the trigger, or got no answer in time. */
export function isNotInvoked({ admission }: Pick<Tried, 'admission'>): boolean {
  return admission.kind === 'undecided' && admission.error === 'UnexpectedLambdaException';
}

/** Whether nobody decided about somebody. */
export function isUndecided({ admission }: Tried): boolean {
  return admission.kind === 'undecided';
}

/** Returns what the trigger logged since a moment about people who got no account, and who can invoke it. */
export async function whyNot(
  subject: Subject,
  { trigger }: SignUpGate,
  tried: readonly Tried[],
  since?: number,
): Promise<readonly Evidence[]> {
  if (trigger === undefined || tried.length === 0) return [];
  const evidence = await observeFunction(subject, trigger.functionName, since);
  // Cognito invoked the trigger if that rejected somebody.
  return tried.some(isUndecided) ? evidence : evidence.filter(({ source }) => source === 'log');
}

/** How a trigger's source compares a domain, likely first. A constant with the company's domain compares nothing. */
export const COMPARISON = ['endsWith(', 'startsWith(', 'includes(', '.test(', '.match(', '.email', 'email', COMPANY];

/**
 * Returns the place where the trigger decides: a line of the room's handler, another function of the stack, or the
 * pool.
 */
export function placeOfDecision({ pool, trigger }: SignUpGate, near: readonly string[]): At {
  const { logicalId, isInline } = trigger ?? {};
  if (logicalId === undefined) return pool;
  return !isInline && /^PreSignUp[0-9A-F]*$/.test(logicalId)
    ? { handler: 'pre-sign-up.ts', near, of: logicalId }
    : logicalId;
}

/** Returns where to look if Cognito got no answer: in the handler if that took too long. */
export function placeOfNoAnswer(gate: SignUpGate, { admission }: Pick<Tried, 'admission'>): At {
  return admission.kind === 'undecided' && /time(?:d )?out/i.test(admission.message)
    ? placeOfDecision(gate, ['setTimeout', 'await ', 'function handler(', 'handler ='])
    : (gate.trigger?.logicalId ?? gate.pool);
}
