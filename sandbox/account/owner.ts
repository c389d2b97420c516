import { createHash } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Store } from '../state/store.ts';
import type { Forecast } from '../weather/weather.ts';

/** Who owns an account's folder now, as `owner.json` says. */
export interface Owner {
  readonly pid: number;
  readonly command: string;
  /** Whether others may use the account while it is there; else they wait until it is free. */
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

/** Who says they own the account in `folder`; they may be gone, or not be the one on that port: ask with the nonce. */
export async function ownerOf(folder: string): Promise<Owner | undefined> {
  try {
    const said = JSON.parse(await readFile(pathIn(folder), 'utf8')) as Partial<Owner> | null;
    const { pid, command, port, nonce, lasting, forecast } = said ?? {};
    // The port becomes part of an address: a text there could lead off this machine.
    if (typeof pid !== 'number' || !Number.isInteger(port)) return undefined;
    if (typeof command !== 'string' || typeof nonce !== 'string') return undefined;
    const weather = typeof forecast?.scale === 'number' && forecast.scale > 0 ? { forecast } : {};
    return { pid, command, port: Number(port), nonce, lasting: lasting === true, ...weather };
  } catch {
    return undefined;
  }
}

/** The header that answers of the account's control carry. */
export const proofHeader = 'x-lab-proof';

/**
 * Returns what only an account that knows the nonce can answer. Any program may have the port of an account that was
 * killed, and some answer 204 to everything.
 */
export function proofOf(nonce: string): string {
  return createHash('sha256').update(`practice account ${nonce}`).digest('hex');
}

/** Tells others who owns the account now. Renamed into place, since others read it at any time. */
export async function announceOwner(folder: string, owner: Owner): Promise<void> {
  const temporary = `${pathIn(folder)}.${owner.pid}`;
  await writeFile(temporary, JSON.stringify(owner), { mode: 0o600 });
  await rename(temporary, pathIn(folder));
}

/** Takes back what `announceOwner` told. */
export async function withdrawOwner(folder: string): Promise<void> {
  await rm(pathIn(folder), { force: true });
}

/**
 * Opens the account's state, and owns the account with it: LevelDB's own lock on its folder is the account's. The
 * system frees it when the process ends, however it ends. Rejects with `AccountBusyError` where another has it.
 */
export async function openStore(folder: string): Promise<Store> {
  try {
    return await Store.open(join(folder, 'state'));
  } catch (error) {
    if (isLocked(error)) throw new AccountBusyError(await ownerOf(folder));
    throw error;
  }
}

function isLocked(error: unknown): boolean {
  const { code, cause } = error as { code?: string; cause?: { code?: string } };
  return code === 'LEVEL_LOCKED' || cause?.code === 'LEVEL_LOCKED';
}

function pathIn(folder: string): string {
  return join(folder, 'owner.json');
}
