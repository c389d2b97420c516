import { availableParallelism } from 'node:os';
import type { Lab } from '../checking/check.ts';
import { Cdk } from '../deploy/cdk.ts';
import { deployByApi, deployByCli } from './deploy.ts';
import { type Proof, prove } from './prove.ts';
import { ProvingAccount } from './proving-account.ts';
import { SerialSynthesizer } from './serial-synthesizer.ts';
import type { Variant } from './variants.ts';

/** One variant of one lab. */
export interface Task {
  readonly lab: Lab;
  readonly variant: Variant;
}

export interface ProveAllOptions {
  readonly root: string;
  readonly signal: AbortSignal;
  /** The seed of AWS's weather; calm without it. */
  readonly seed?: number | undefined;
  /** Called with each proof as it finishes, in no particular order. */
  readonly onProof: (task: Task, proof: Proof) => void;
}

/** Proves variants, a few at a time. Rejects if one couldn't be checked because of a bug in the workshop. */
export async function proveAll(
  tasks: readonly Task[],
  { root, signal, seed, onProof }: ProveAllOptions,
): Promise<void> {
  const synthesizer = new SerialSynthesizer(root);
  const byApi = deployByApi(synthesizer);
  const byCli = deployByCli(new Cdk(root), synthesizer);
  // The slowest go first.
  const left = [...tasks]
    .sort((one, other) => Number(other.variant.byCli ?? false) - Number(one.variant.byCli ?? false))
    .values();
  const lane = async (): Promise<void> => {
    const account = new ProvingAccount(seed);
    try {
      for (const task of left) {
        const deploy = task.variant.byCli === true ? byCli : byApi;
        onProof(task, await prove({ root, ...task, deploy, signal, account }));
      }
    } finally {
      await account.close();
    }
  };
  try {
    const ends = await Promise.allSettled(Array.from({ length: lanes() }, lane));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  } finally {
    synthesizer.close();
  }
}

/** Checking a room uses a second of CPU, and waits up to three times as long for messages. */
function lanes(): number {
  return Math.min(8, availableParallelism() * 3);
}
