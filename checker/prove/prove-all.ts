import { availableParallelism } from 'node:os';
import type { Lab } from '../checking/check.ts';
import { Cdk } from '../deploy/cdk.ts';
import { deployByApi, deployByCli } from './deploy.ts';
import { type Proof, prove } from './prove.ts';
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
  /** Told of each proof as it comes, which is in no order. */
  readonly onProof: (task: Task, proof: Proof) => void;
}

/** Proves variants, a few at once. Rejects where one could not be looked at for a fault of the workshop's own. */
export async function proveAll(
  tasks: readonly Task[],
  { root, signal, seed, onProof }: ProveAllOptions,
): Promise<void> {
  const synthesizer = new SerialSynthesizer(root);
  const byApi = deployByApi(synthesizer);
  const byCli = deployByCli(new Cdk(root), synthesizer);
  // What takes longest goes first.
  const left = [...tasks]
    .sort((one, other) => Number(other.variant.byCli ?? false) - Number(one.variant.byCli ?? false))
    .values();
  const lane = async (): Promise<void> => {
    for (const task of left) {
      const deploy = task.variant.byCli === true ? byCli : byApi;
      onProof(task, await prove({ root, ...task, deploy, signal, seed }));
    }
  };
  try {
    const ends = await Promise.allSettled(Array.from({ length: lanes() }, lane));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  } finally {
    synthesizer.close();
  }
}

/** A room that is checked works for a second, and waits for up to three times as long until something must have come. */
function lanes(): number {
  return Math.min(8, availableParallelism() * 3);
}
