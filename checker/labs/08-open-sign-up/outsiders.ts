import { randomInt } from 'node:crypto';
import type { Subject } from '../../checking/check.ts';
import { madeUp, userName } from '../../probe/visitor-name.ts';
import { COMPANY } from '../../sign-in/company.ts';
import { signUp } from '../../sign-in/sign-up.ts';
import type { GatedPool } from './sign-up-gate.ts';
import { isNotInvoked, type Tried } from './tried.ts';

/** How an outsider's domain differs from the company's. */
export type Kind = 'another domain' | 'begins like it' | 'ends like it' | 'part of it' | 'in upper case';

/** Somebody from outside the company who wanted an account. */
export interface Outsider extends Tried {
  readonly kind: Kind;
}

/** Domains below which nobody can register one: https://www.rfc-editor.org/rfc/rfc2606 */
const reserved = ['test', 'example.com', 'example.net', 'example.org'];

/**
 * Returns domains that aren't the company's. Nobody can own one of them, so Cognito's mail to them reaches nobody. A trigger
 * must not know them by their last part.
 */
export function foreignDomains(): ReadonlyArray<{ readonly kind: Kind; readonly domain: string }> {
  const other = `${madeUp(2)}-${madeUp(1)}.${reserved[randomInt(reserved.length)]}`;
  return [
    { kind: 'another domain', domain: other },
    { kind: 'begins like it', domain: `${COMPANY}.${other}` },
    { kind: 'ends like it', domain: `${madeUp(2)}${COMPANY}` },
    { kind: 'ends like it', domain: `${madeUp(1)}-${COMPANY}` },
    { kind: 'part of it', domain: COMPANY.slice(randomInt(1, COMPANY.indexOf('.'))) },
    { kind: 'in upper case', domain: other.toUpperCase() },
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
  const all = foreignDomains();
  const domains = gate.trigger === undefined ? all.slice(0, 1) : all;
  const tried: Outsider[] = [];
  for (const { kind, domain } of domains) {
    const name = userName();
    const address = `${kind === 'in upper case' ? name.toUpperCase() : name}@${domain}`;
    const { admission } = await signUp(subject, { client, settings }, { name, address });
    tried.push({ kind, address, admission });
    if (admission.kind === 'accepted') memory.set(setting, tried);
    if (admission.kind === 'accepted' || isNotInvoked({ admission })) break;
  }
  return tried;
}

async function remember(): Promise<Map<string, readonly Outsider[]>> {
  return new Map();
}

/** Returns the company's domain as somebody might type it: `Unicorn.EXAMPLE`, never all in lower case. */
export function inSomeCase(): string {
  const letters = [...COMPANY].map((letter) => (randomInt(2) === 0 ? letter : letter.toUpperCase())).join('');
  return `${letters.charAt(0).toUpperCase()}${letters.slice(1)}`;
}
