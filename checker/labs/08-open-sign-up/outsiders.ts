import { randomInt } from 'node:crypto';
import type { Subject } from '../../checking/check.ts';
import type { PoolSettings } from '../../observe/user-pool.ts';
import { type SourceWords, sourceWords } from '../../probe/source-words.ts';
import { madeUp, userName } from '../../probe/visitor-name.ts';
import { addressOf, COMPANY } from '../../sign-in/company.ts';
import { type Claims, signUp } from '../../sign-in/sign-up.ts';
import type { GatedPool } from './sign-up-gate.ts';
import { isNotInvoked, type Tried } from './tried.ts';

/** How an outsider's address differs from an employee's, by its domain or by what is before it. */
export type Kind =
  | 'another domain'
  | 'begins like it'
  | 'ends like it'
  | 'only its ends'
  | 'part of it'
  | 'another top-level domain'
  | 'before the @'
  | 'beside the address'
  | 'in the user name'
  | 'in upper case';

/** Somebody from outside the company who wanted an account. */
export interface Outsider extends Tried {
  readonly kind: Kind;
}

/** Domains below which nobody can register one: https://www.rfc-editor.org/rfc/rfc2606 */
const reserved = ['test', 'example.com', 'example.net', 'example.org'];

/** Somebody from outside the company, before they sign up. */
interface Candidate {
  readonly kind: Kind;
  /** A trigger can insist that it's what is before the @. */
  readonly name: string;
  readonly address: string;
  /** An employee's address, which they give in everything else that a client can write. */
  readonly claimed?: string;
}

/**
 * Returns people with addresses at domains that aren't the company's. Nobody can own one of the domains, so Cognito's mail
 * to them reaches nobody. A trigger must not know them by their last part.
 */
export function outsidersToTry(): readonly Candidate[] {
  const other = `${madeUp(2)}-${madeUp(1)}.${reserved[randomInt(reserved.length)]}`;
  const [own, topLevel] = COMPANY.split('.');
  const at = (domain: string, kind: Kind, name = userName()) => ({ kind, name, address: `${name}@${domain}` });
  return [
    at(other, 'another domain'),
    at(`${COMPANY}.${other}`, 'begins like it'),
    at(`${madeUp(2)}${COMPANY}`, 'ends like it'),
    at(`${madeUp(1)}-${COMPANY}`, 'ends like it'),
    at(`${own}${madeUp(2)}.${topLevel}`, 'only its ends'),
    at(`${own}-${madeUp(2)}.${topLevel}`, 'only its ends'),
    at(`${own}.${madeUp(2)}.${topLevel}`, 'only its ends'),
    at(COMPANY.slice(randomInt(1, COMPANY.indexOf('.'))), 'part of it'),
    at(`${own}.test`, 'another top-level domain'),
    { ...at(other, 'before the @'), address: `${COMPANY}@${other}` },
    { ...at(other, 'beside the address'), claimed: addressOf(userName()) },
    { ...at(other, 'in the user name'), name: addressOf(userName()) },
    at(other.toUpperCase(), 'in upper case', userName().toUpperCase()),
  ];
}

/**
 * Signs outsiders up until one is accepted, or the trigger couldn't be invoked. Without a trigger, the first one decides.
 * After an accepted one, nobody tries again while the pool's settings stay the same: each would get a mail.
 */
export async function outsidersSignUp(
  subject: Subject,
  { client, settings, gate }: GatedPool,
): Promise<readonly Outsider[]> {
  const memory = await subject.once(remember);
  const setting = `${gate.poolId} ${gate.trigger?.functionName ?? gate.adminOnly}`;
  const known = memory.get(setting);
  if (known !== undefined) return known;
  // Cognito rejects such a user name itself if addresses are names to sign in with.
  const all = outsidersToTry().filter(({ kind }) => kind !== 'in the user name' || settings.anyName);
  const tried: Outsider[] = [];
  const source = sourceWords(subject.sources());
  for (const { kind, ...person } of gate.trigger === undefined ? all.slice(0, 1) : all) {
    const claims = person.claimed === undefined ? undefined : claimsTo(person.claimed, settings, source);
    const { admission } = await signUp(subject, { client, settings }, { ...person, claims });
    tried.push({ kind, ...person, admission });
    if (admission.kind === 'accepted') memory.set(setting, tried);
    if (admission.kind === 'accepted' || isNotInvoked({ admission })) break;
  }
  return tried;
}

/** Names under which a trigger can look for a company's domain. */
const ofDomains = ['domain', 'company', 'organization'];

/** The longest name in ValidationData: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AttributeType.html */
const LONGEST_KEY = 32;

/** How many of the handlers' own fields have a claim. */
const MOST = 40;

/** Returns an address in every attribute that nobody verifies, and wherever the learner's handlers may look for one. */
function claimsTo(address: string, { writable }: PoolSettings, { read }: SourceWords): Claims {
  const own = read.filter((field) => /^[\w-]+$/.test(field) && field.length <= LONGEST_KEY).slice(0, MOST);
  const addresses = [...own, 'email', 'address'].map((field) => [field, address]);
  return {
    attributes: Object.fromEntries(writable.map((name) => [name, address])),
    metadata: Object.fromEntries([...addresses, ...ofDomains.map((field) => [field, COMPANY])]),
  };
}

async function remember(): Promise<Map<string, readonly Outsider[]>> {
  return new Map();
}

/** Returns the company's domain as somebody might type it: `Unicorn.EXAMPLE`, never all in lower case. */
export function inSomeCase(): string {
  const letters = [...COMPANY].map((letter) => (randomInt(2) === 0 ? letter : letter.toUpperCase())).join('');
  return `${letters.charAt(0).toUpperCase()}${letters.slice(1)}`;
}
