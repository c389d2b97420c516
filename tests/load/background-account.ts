import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { layOutWorkshop, type Workshop } from '../cli/workshop.ts';
import { type RunningAccount, runningAccount } from './running-account.ts';

/** A practice account as a learner runs it: in the background, in a separate process that can be measured. */
export interface BackgroundAccount extends RunningAccount {
  readonly workshop: Workshop;
  /** Returns what the account has written to its log. */
  log(): Promise<string>;
  close(): Promise<void>;
}

/** Starts a practice account with `lab sandbox start`, on a free port, in a copy of the workshop. */
export async function startBackgroundAccount(): Promise<BackgroundAccount> {
  const workshop = await layOutWorkshop();
  const started = await workshop.lab('sandbox', 'start', '--port', '0');
  if (started.code !== 0) throw new Error(`The account did not start:\n${started.stdout}${started.stderr}`);
  return {
    ...(await runningAccount(workshop.root)),
    workshop,
    log: () => readFile(join(workshop.root, '.lab', 'account.log'), 'utf8').catch(() => ''),
    close: () => workshop.remove(),
  };
}
