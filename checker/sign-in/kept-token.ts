import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Subject } from '../check.ts';
import { fileFailure } from '../file-failure.ts';
import { claimsOf } from './tokens.ts';

/** ID tokens that outlived their use, by target and lab: `.lab/tokens.json`. */
interface Kept {
  readonly format: 1;
  readonly tokens: { readonly [targetAndLab: string]: string };
}

/** A room may allow for clocks that differ: a token counts as expired this much later, in milliseconds. */
const LEEWAY = 60_000;

/** An ID token of the stack's pool and client, kept until it has expired. */
export interface KeptToken {
  readonly token: string;
  /** When it has expired by any clock. */
  readonly expired: Date;
}

/** Where a subject's token is kept, and the pool and client that it must be of. */
type Keeping = Pick<Subject, 'root' | 'lab'> & { readonly target: Pick<Subject['target'], 'title'> };

/**
 * Keeps an ID token for a later check: an expired one can only be had by waiting. One that is kept already stays, if it
 * is of the same pool and client and expires first. Nobody but the person of this account may read the file.
 */
export async function keepToken(keeping: Keeping, token: string): Promise<void> {
  const path = pathOf(keeping);
  const { tokens } = await read(path);
  const former = tokens[nameOf(keeping)];
  if (former !== undefined && isOfSame(former, token) && claimsOf(former).exp <= claimsOf(token).exp) return;
  const next: Kept = { format: 1, tokens: { ...tokens, [nameOf(keeping)]: token } };
  const temporary = `${path}.${randomUUID()}`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(temporary, `${JSON.stringify(next, undefined, 2)}\n`, { mode: 0o600 });
    await rename(temporary, path);
  } catch (error) {
    throw fileFailure(error) ?? error;
  }
}

/** The token that was kept of the pool and client that this one is of; undefined where there is none. */
export async function keptToken(keeping: Keeping, like: string): Promise<KeptToken | undefined> {
  const { tokens } = await read(pathOf(keeping));
  const token = tokens[nameOf(keeping)];
  if (token === undefined || !isOfSame(token, like)) return undefined;
  return { token, expired: new Date(claimsOf(token).exp * 1000 + LEEWAY) };
}

function isOfSame(one: string, other: string): boolean {
  try {
    const [a, b] = [claimsOf(one), claimsOf(other)];
    return a.iss === b.iss && a.aud === b.aud;
  } catch {
    return false;
  }
}

/** A file that is damaged or of another version is worth nothing and is written anew. */
async function read(path: string): Promise<Kept> {
  try {
    const kept = JSON.parse(await readFile(path, 'utf8')) as Kept;
    if (kept.format === 1 && typeof kept.tokens === 'object') return kept;
  } catch {
    // Nothing was kept yet.
  }
  return { format: 1, tokens: {} };
}

function nameOf({ target, lab }: Keeping): string {
  return `${lab} in ${target.title}`;
}

function pathOf({ root }: Keeping): string {
  return join(root, '.lab', 'tokens.json');
}
