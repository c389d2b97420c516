import { join } from 'node:path';
import { Store } from '../state/store.ts';
import { AccountBusyError, ownerOf } from './owner.ts';

/**
 * Opens the account's state, and thereby owns the account: LevelDB's lock on its folder is the account's lock. The
 * system releases it when the process ends, however it ends. Rejects with `AccountBusyError` if another process has it.
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
