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

/** Works in a practice account that is created for it and deleted afterward. The learner's is untouched. */
export async function inAccountApart<T>(
  { command, clock, past, ids, weather }: AccountApart,
  work: (target: Target) => Promise<T>,
): Promise<T> {
  const root = await mkdtemp(join(tmpdir(), 'websocket-lab-account-'));
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
    try {
      return await work(target);
    } finally {
      await target.close();
    }
  } finally {
    await rm(root, { recursive: true, force: true, maxRetries: 5 });
  }
}
