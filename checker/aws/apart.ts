import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { targetOf } from './open.ts';
import type { Past } from './past.ts';
import { type Ids, startPractice, type Weather } from './practice.ts';
import type { Target } from './target.ts';

export interface AccountApart {
  /** What this process is, as other processes are told. */
  readonly command: string;
  /** The machine's, unless something is to be proved that takes time. */
  readonly clock?: { now(): Date };
  readonly past?: Past;
  /** Random, unless many accounts are made. */
  readonly ids?: Ids;
  /** Calm, unless something is to be proved of AWS. */
  readonly weather?: Weather | undefined;
}

/** Works in a practice account that is made for it and gone afterwards: the learner's is not touched. */
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
    if (account === 'port taken' || 'busy' in account) throw new Error('A new practice account could not be started.');
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
