import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { targetOf } from './open.ts';
import type { Past } from './past.ts';
import { type Ids, startPractice, type Weather } from './practice.ts';
import type { Target } from './target.ts';

export interface AccountApart {
  /** This process's name in messages to other processes. */
  readonly command: string;
  /** The machine's clock, except in proofs that take time. */
  readonly clock?: { now(): Date };
  readonly past?: Past;
  /** Random, unless many accounts are created. */
  readonly ids?: Ids;
  /** Calm, except in proofs about AWS. */
  readonly weather?: Weather | undefined;
}

/** A practice account apart from the learner's. */
export interface Apart {
  readonly target: Target;
  /** Ends the account and deletes its folder. */
  close(): Promise<void>;
}

/** Creates a practice account, which exists until it is closed. The learner's is untouched. */
export async function openAccountApart({ command, clock, past, ids, weather }: AccountApart): Promise<Apart> {
  const root = await mkdtemp(join(tmpdir(), 'websocket-lab-account-'));
  const remove = () => rm(root, { recursive: true, force: true, maxRetries: 5 });
  try {
    const account = await startPractice({
      root,
      port: 0,
      command,
      lasting: false,
      say: () => {},
      clock,
      ids,
      weather,
    });
    if (account === 'port taken' || 'busy' in account) throw new Error("A new practice account couldn't be started.");
    const target = targetOf(account, root, past);
    return { target, close: () => target.close().finally(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Works in a practice account that is created for it and deleted afterward. */
export async function inAccountApart<T>(options: AccountApart, work: (target: Target) => Promise<T>): Promise<T> {
  const account = await openAccountApart(options);
  try {
    return await work(account.target);
  } finally {
    await account.close();
  }
}
