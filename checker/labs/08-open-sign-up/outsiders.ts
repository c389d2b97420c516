import { randomInt } from 'node:crypto';
import type { Subject } from '../../checking/check.ts';
import type { PoolSettings } from '../../observe/user-pool.ts';
import { madeUp, userName } from '../../probe/visitor-name.ts';
import { addressOf, COMPANY, FREE_MAIL } from '../../sign-in/company.ts';
import { type Admission, type Claims, isNameFree, signUp } from '../../sign-in/sign-up.ts';
import { claimsTo, guessedClaims } from './claims.ts';
import { fieldsIn, type Guess, guessesFrom, guessInWords, localPartsFrom } from './guesses.ts';
import type { GatedPool } from './sign-up-gate.ts';
import { domainsBeyondAscii, mistypedDomains } from './similar-domains.ts';
import { isNotInvoked, type Tried } from './tried.ts';

/** How an outsider's address differs from an employee's, by its domain or by what is before it. */
export type Kind =
  | 'another domain'
  | 'begins like it'
  | 'ends like it'
  | 'only its ends'
  | 'part of it'
  | 'another top-level domain'
  | 'mistyped'
  | 'another alphabet'
  | 'before the @'
  | 'beside the address'
  | 'in the user name'
  | 'in upper case'
  | 'a long address'
  | 'no address'
  | 'as the source says'
  | 'a second time';

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
  /** Missing if they give none. */
  readonly address?: string;
  /**
   * What they say in everything else that a client can write: an employee's address, or what the trigger's source says.
   */
  readonly claimed?: string;
  readonly guess?: Guess;
}

/** The longest address and the longest part before its @ that every pool accepts: an address can be a user name. */
const [LONGEST, LONGEST_NAME] = [128, 64];

/**
 * Returns people with addresses at domains that aren't the company's. Nobody can own one of the domains, so Cognito's
 * mail to them reaches nobody. A trigger must not know them by their last part.
 */
export function outsidersToTry(
  guesses: readonly Guess[] = [],
  localParts: readonly string[] = [],
): readonly [Candidate, ...Candidate[]] {
  const other = `${madeUp(2)}-${madeUp(1)}.${reserved[randomInt(reserved.length)]}`;
  const [own, topLevel] = COMPANY.split('.');
  const at = (domain: string, kind: Kind, name = userName()) => ({ kind, name, address: `${name}@${domain}` });
  const first = at(other, 'another domain');
  return [
    first,
    at(FREE_MAIL, 'another domain', userName('Mallory')),
    // Before similar domains, which make an address longer, too.
    at(domainOfLength(LONGEST - LONGEST_NAME - 1, other), 'a long address', nameOfLength(LONGEST_NAME)),
    at(`${COMPANY}.${other}`, 'begins like it'),
    at(`${madeUp(2)}${COMPANY}`, 'ends like it'),
    at(`${madeUp(1)}-${COMPANY}`, 'ends like it'),
    at(`${own}${madeUp(2)}.${topLevel}`, 'only its ends'),
    at(`${own}-${madeUp(2)}.${topLevel}`, 'only its ends'),
    at(`${own}.${madeUp(2)}.${topLevel}`, 'only its ends'),
    at(COMPANY.slice(randomInt(1, COMPANY.indexOf('.'))), 'part of it'),
    at(`${own}.test`, 'another top-level domain'),
    ...mistypedDomains(COMPANY).map((domain) => at(domain, 'mistyped')),
    ...domainsBeyondAscii(COMPANY).map((domain) => at(domain, 'another alphabet')),
    { ...at(other, 'before the @'), address: `${COMPANY}@${other}` },
    { ...at(other, 'beside the address'), claimed: addressOf(userName()) },
    { ...at(other, 'in the user name'), name: addressOf(userName()) },
    at(other.toUpperCase(), 'in upper case', userName().toUpperCase()),
    { kind: 'no address', name: userName() },
    ...guesses.map((guess) => ({
      ...at(other, 'as the source says'),
      claimed: guessInWords(guess),
      guess,
    })),
    ...localParts.map((part) => ({ ...at(other, 'before the @'), address: `${part}@${other}` })),
    { ...first, kind: 'a second time' },
  ];
}

function nameOfLength(length: number): string {
  let name = userName();
  while (name.length < length) name += `.${madeUp(3)}`;
  return name.slice(0, length).replace(/\.$/, 'a');
}

/** Returns a domain below another one. */
function domainOfLength(length: number, domain: string): string {
  const below = length - domain.length - 1;
  return `${nameOfLength(below).replaceAll(/[._]/g, '-')}.${domain}`;
}

/**
 * Signs outsiders up until one is accepted, or the trigger couldn't be invoked. Without a trigger, the first one
 * decides. After an accepted one, nobody tries again while the pool's settings stay the same: each would get a mail.
 */
export async function outsidersSignUp(
  subject: Subject,
  { client, settings, gate }: GatedPool,
): Promise<readonly Outsider[]> {
  const memory = await subject.once(remember);
  const setting = `${gate.poolId} ${gate.trigger?.functionName ?? gate.adminOnly}`;
  const known = memory.get(setting);
  if (known !== undefined) return known;
  const sources = subject.sources();
  const all = outsidersToTry(guessesFrom(sources), localPartsFrom(sources)).filter((one) => isPossible(one, settings));
  const tried: Outsider[] = [];
  const fields = fieldsIn(sources);
  for (const { kind, guess, ...person } of gate.trigger === undefined ? all.slice(0, 1) : all) {
    const claims =
      guess !== undefined
        ? guessedClaims(guess, settings)
        : person.claimed !== undefined
          ? claimsTo(person.claimed, settings, fields)
          : undefined;
    const signedUp = await signUpAs(subject, { client, settings }, { ...person, kind, guess, claims });
    if (signedUp === undefined) continue;
    const { admission } = signedUp;
    tried.push({ kind, ...person, ...signedUp, attributes: claims?.attributes });
    if (admission.kind === 'accepted') memory.set(setting, tried);
    if (admission.kind === 'accepted' || isNotInvoked({ admission })) break;
  }
  return tried;
}

/** People who have a letter or a value in their address that Cognito may reject before it invokes the trigger. */
const unusual: readonly Kind[] = ['another alphabet', 'before the @'];

/** Signs somebody up, with the guessed name if it's free. Returns undefined if Cognito accepts no such values. */
async function signUpAs(
  subject: Subject,
  pool: Pick<GatedPool, 'client' | 'settings'>,
  { kind, guess, ...person }: Candidate & { readonly claims: Claims | undefined },
): Promise<{ readonly name: string; readonly admission: Admission } | undefined> {
  const guessed = guess?.name !== undefined && (await isNameFree(subject, pool.client, guess.name)) ? [guess.name] : [];
  for (const name of [...guessed, person.name]) {
    try {
      const { admission } = await signUp(subject, pool, { ...person, name, isGuessed: guessed.includes(name) });
      return { name, admission };
    } catch (error) {
      // An attribute can have limits that a word of the source doesn't meet. And somebody can have the guessed name.
      const skipped = ['InvalidParameterException', 'UsernameExistsException'];
      const canBeInvalid = guess !== undefined || unusual.includes(kind);
      if (!canBeInvalid || !(error instanceof Error) || !skipped.includes(error.name)) throw error;
    }
  }
  return undefined;
}

/** Whether the pool leaves the decision to its trigger: Cognito itself rejects some people. */
function isPossible({ kind }: Candidate, { anyName, byAddress, required }: PoolSettings): boolean {
  // Such a user name, if addresses are names to sign in with.
  if (kind === 'in the user name') return anyName;
  return kind !== 'no address' || !(byAddress || required.includes('email'));
}

async function remember(): Promise<Map<string, readonly Outsider[]>> {
  return new Map();
}

/** Returns the company's domain as somebody might type it: `Unicorn.EXAMPLE`, never all in lower case. */
export function inSomeCase(): string {
  const letters = [...COMPANY].map((letter) => (randomInt(2) === 0 ? letter : letter.toUpperCase())).join('');
  return `${letters.charAt(0).toUpperCase()}${letters.slice(1)}`;
}
