import { InterruptedError, LabError } from '../failures/errors.ts';
import { isAlive } from '../process/is-alive.ts';
import { until } from '../process/until.ts';
import { whoHas } from './port.ts';
import type { Owner } from './practice.ts';

/** The result of one attempt to get the account: the account, or who has it, or that the port is taken. */
export type Acquired<T> = T | { readonly busy: Owner | undefined } | 'port taken';

export interface Acquire<T extends object> {
  /** The port to use if it is free; 0 selects a free one. */
  readonly port: number;
  /** Whether that port was requested: then no other is used instead. */
  readonly asked: boolean;
  readonly say: (message: string) => void;
  /** Aborts the waiting, with an InterruptedError. */
  readonly signal?: AbortSignal | undefined;
  /** How long a shared account can be silent while its process lives, in milliseconds; 20 s by default. */
  readonly silence?: number;
  /** Starts the account at a port, 0 for a free one, or joins one that runs by now. */
  attempt(port: number): Promise<Acquired<T>>;
}

/** How long to wait for another command that has the account, in milliseconds: a first deployment takes less. */
const patience = 120_000;

const longestSilence = 20_000;

/** Gets the account. Waits for a process that has it, and names it. Rejects with a LabError if that takes too long. */
export async function acquire<T extends object>(options: Acquire<T>): Promise<T> {
  const { port: wanted, asked, say, signal, silence = longestSilence, attempt } = options;
  let port = wanted;
  let waitedFor: Owner | 'nobody known' | undefined;
  let waitsSince = 0;
  let had: T | undefined;
  await until(async () => {
    if (signal?.aborted) throw new InterruptedError('Interrupted before anything was done in the account.');
    const came = await attempt(port);
    if (came === 'port taken') {
      if (port === 0) throw new LabError('This machine has no free port.', 'Stop some programs.');
      const taken = `Port ${port} is taken by ${await whoHas(port)}`;
      if (asked) throw new LabError(`${taken}.`, 'Choose another one with --port.');
      say(`${taken}: the practice account uses another port.`);
      // From now on, even after a wait.
      port = 0;
      return false;
    }
    if (!('busy' in came)) {
      had = came;
      return true;
    }
    const owner = came.busy ?? 'nobody known';
    if (nonceOf(owner) !== nonceOf(waitedFor)) {
      waitedFor = owner;
      waitsSince = performance.now();
      say(`Waiting for ${inWords(owner)}, which is using the practice account …`);
    }
    if (performance.now() - waitsSince > silence) requireAnswer(owner);
    return false;
  }, patience);
  if (had !== undefined) return had;
  throw new LabError(
    `The practice account is still in use by ${inWords(waitedFor ?? 'nobody known')}.`,
    'Wait until it ends, or stop it, and try again.',
  );
}

/** Throws if a shared account doesn't answer although its process exists. */
export function requireAnswer(owner: Owner | 'nobody known'): void {
  // Before the account has announced itself, the file names an earlier one that has ended.
  if (owner === 'nobody known' || !owner.lasting || !isAlive(owner.pid)) return;
  throw new LabError(
    `The practice account of ${inWords(owner)} doesn't answer at port ${owner.port}.`,
    '`npx lab sandbox stop` ends it and keeps what is deployed. Then run the command again.',
  );
}

function nonceOf(owner: Owner | 'nobody known' | undefined): string | undefined {
  return typeof owner === 'object' ? owner.nonce : owner;
}

function inWords(owner: Owner | 'nobody known'): string {
  return owner === 'nobody known' ? 'another process' : `"${owner.command}" (process ${owner.pid})`;
}
