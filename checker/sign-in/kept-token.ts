import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Subject } from '../checking/check.ts';
import { fileFailure } from '../failures/file-failure.ts';
import { writeWhole } from '../process/write-whole.ts';
import { claimsOf } from './tokens.ts';

/** ID tokens of past checks, by target and lab, at most two of each kind: `.lab/tokens.json`. */
interface Kept {
  readonly format: 2;
  readonly tokens: { readonly [targetAndLab: string]: readonly string[] };
}

/** A room may allow for clock skew: a token counts as expired this much later, in milliseconds. */
const LEEWAY = 60_000;

/** An ID token of the stack's pool and client, kept until it has expired. */
export interface KeptToken {
  readonly token: string;
  /** When it is expired by any clock. */
  readonly expired: Date;
}

/**
 * Whether somebody connected with the token while it was valid. A room that accepts each token once rejects a used one
 * for that alone, and a room that caches tokens accepts an expired one only if it was used: so both are kept.
 */
export type Use = 'used' | 'unused';

/** Where a subject's token is kept, and the pool and client that it must belong to. */
type Keeping = Pick<Subject, 'root' | 'lab'> & { readonly target: Pick<Subject['target'], 'title'> };

/**
 * Keeps an ID token for a later check: getting an expired one takes time. Two are kept per pool and client: the one
 * that expired last, since a room that allows an extra hour would reject yesterday's, and the next one to expire. Only
 * this user can read the file.
 */
export async function keepToken(keeping: Keeping, token: string, now = Date.now(), use: Use = 'unused'): Promise<void> {
  const path = pathOf(keeping);
  const { tokens } = await read(path);
  const former = tokens[nameOf(keeping, use)] ?? [];
  const known = [...former.filter((each) => isOfSame(each, token)), token].map(keptOf).sort(bySoonest);
  const expired = known.filter((each) => each.expired.getTime() <= now).at(-1);
  const next = known.find((each) => each.expired.getTime() > now);
  const kept = [expired, next].flatMap((each) => each?.token ?? []);
  if (kept.join() === former.join()) return;
  const file: Kept = { format: 2, tokens: { ...tokens, [nameOf(keeping, use)]: kept } };
  try {
    await writeWhole(path, `${JSON.stringify(file, undefined, 2)}\n`, { mode: 0o600 });
  } catch (error) {
    throw fileFailure(error) ?? error;
  }
}

/** Returns the kept token of the same pool and client: the one that expired last, or else the next to expire. */
export async function keptToken(
  keeping: Keeping,
  like: string,
  now = Date.now(),
  use: Use = 'unused',
): Promise<KeptToken | undefined> {
  const { tokens } = await read(pathOf(keeping));
  const known = (tokens[nameOf(keeping, use)] ?? [])
    .filter((each) => isOfSame(each, like))
    .map(keptOf)
    .sort(bySoonest);
  return known.filter((each) => each.expired.getTime() <= now).at(-1) ?? known[0];
}

/** A token, and when it is expired by any clock. */
export function keptOf(token: string): KeptToken {
  return { token, expired: new Date(claimsOf(token).exp * 1000 + LEEWAY) };
}

function bySoonest(one: KeptToken, other: KeptToken): number {
  return one.expired.getTime() - other.expired.getTime();
}

function isOfSame(one: string, other: string): boolean {
  try {
    const [a, b] = [claimsOf(one), claimsOf(other)];
    return a.iss === b.iss && a.aud === b.aud;
  } catch {
    return false;
  }
}

/** A damaged file, or one of another version, is worthless and is overwritten. */
async function read(path: string): Promise<Kept> {
  try {
    const kept = JSON.parse(await readFile(path, 'utf8')) as Kept;
    if (kept.format === 2 && Object.values(kept.tokens).every(Array.isArray)) return kept;
  } catch {
    // Nothing was kept yet.
  }
  return { format: 2, tokens: {} };
}

function nameOf({ target, lab }: Keeping, use: Use): string {
  return `${lab} in ${target.title}${use === 'used' ? ', used' : ''}`;
}

function pathOf({ root }: Keeping): string {
  return tokensIn(root);
}

/** Returns the token file in a folder of the workshop. */
export function tokensIn(root: string): string {
  return join(root, '.lab', 'tokens.json');
}
