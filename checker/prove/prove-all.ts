import { availableParallelism } from 'node:os';
import { dealer, type Task } from './dealer.ts';
import type { Proof } from './prove.ts';
import { Prover } from './prover.ts';

/** How many variants each process proves at once: a room waits for messages about as long as it uses the CPU. */
const lanes = 4;

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
  const next = dealer(tasks);
  const count = Math.min(availableParallelism(), 4, Math.ceil(tasks.length / lanes));
  const provers = Array.from({ length: count }, () => new Prover(root, seed));
  const lane = async (prover: Prover): Promise<void> => {
    for (let task = next(); task !== undefined; task = next(task))
      onProof(task, await prover.prove(task.lab.id, task.variant, signal));
  };
  try {
    const ends = await Promise.allSettled(
      provers.flatMap((prover) => Array.from({ length: lanes }, () => lane(prover))),
    );
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  } finally {
    await Promise.all(provers.map((prover) => prover.close()));
  }
}
