import { createHash } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Forecast } from '../weather/weather.ts';

/** The owner of an account's folder, according to `owner.json`. */
export interface Owner {
  readonly pid: number;
  readonly command: string;
  /** Whether others may use the account meanwhile; otherwise they wait until it is free. */
  readonly lasting: boolean;
  readonly port: number;
  readonly nonce: string;
  /** The account's weather, for its users; absent if it is calm. */
  readonly forecast?: Forecast;
}

/** Another process owns the account. */
export class AccountBusyError extends Error {
  override readonly name = 'AccountBusyError';
  readonly owner: Owner | undefined;

  constructor(owner: Owner | undefined) {
    super(
      `The practice account is in use by ${owner === undefined ? 'another process' : `"${owner.command}" (process ${owner.pid})`}.`,
    );
    this.owner = owner;
  }
}

/**
 * Returns the announced owner of the account in `folder`. It may be gone, or something else may have that port: verify
 * with the nonce.
 */
export async function ownerOf(folder: string): Promise<Owner | undefined> {
  try {
    const said = JSON.parse(await readFile(pathIn(folder), 'utf8')) as Partial<Owner> | null;
    const { pid, command, port, nonce, lasting, forecast } = said ?? {};
    // The port becomes part of a URL: a string there could lead off this machine.
    if (typeof pid !== 'number' || !Number.isInteger(port)) return undefined;
    if (typeof command !== 'string' || typeof nonce !== 'string') return undefined;
    const weather = typeof forecast?.scale === 'number' && forecast.scale > 0 ? { forecast } : {};
    return { pid, command, port: Number(port), nonce, lasting: lasting === true, ...weather };
  } catch {
    return undefined;
  }
}

/** The header of answers from the account's control API. */
export const proofHeader = 'x-lab-proof';

/**
 * Returns the answer that only an account with the nonce can give. Any program may have the port of a killed account,
 * and some answer 204 to everything.
 */
export function proofOf(nonce: string): string {
  return createHash('sha256').update(`practice account ${nonce}`).digest('hex');
}

/** Announces who owns the account now. Renamed into place, because others read it at any time. */
export async function announceOwner(folder: string, owner: Owner): Promise<void> {
  const temporary = `${pathIn(folder)}.${owner.pid}`;
  await writeFile(temporary, JSON.stringify(owner), { mode: 0o600 });
  await rename(temporary, pathIn(folder));
}

/** Withdraws the announcement of `announceOwner`. */
export async function withdrawOwner(folder: string): Promise<void> {
  await rm(pathIn(folder), { force: true });
}

function pathIn(folder: string): string {
  return join(folder, 'owner.json');
}
