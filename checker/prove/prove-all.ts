import { availableParallelism } from 'node:os';
import { dealer, type Task } from './dealer.ts';
import type { Proof } from './prove.ts';
import { Prover } from './prover.ts';

/** Each takes up to half a gigabyte. */
const MOST_PROCESSES = 4;

/**
 * How many variants a process proves at once. Checking a room often waits, up to three times as long as it computes.
 */
const LANES = 4;

export interface ProveAllOptions {
  readonly root: string;
  readonly signal: AbortSignal;
  /** The seed of AWS's weather; calm without it. */
  readonly seed?: number | undefined;
  /** Called with each proof as it finishes, in no particular order. */
  readonly onProof: (task: Task, proof: Proof) => void;
}

/** Proves variants, a few at a time. Rejects, and leaves the others, if one couldn't be checked. */
export async function proveAll(
  tasks: readonly Task[],
  { root, signal, seed, onProof }: ProveAllOptions,
): Promise<void> {
  const next = dealer(tasks);
  const count = Math.min(availableParallelism(), MOST_PROCESSES, Math.ceil(tasks.length / LANES));
  const provers = Array.from({ length: count }, () => new Prover(root, seed));
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const work = async (prover: Prover, lane: number): Promise<void> => {
    for (let task = next(); task !== undefined; task = next(task)) {
      onProof(task, await prover.prove({ lane, lab: task.lab.id, variant: task.variant }, either));
    }
  };
  try {
    const lanes = Array.from({ length: LANES }, (_, lane) => provers.map((prover) => work(prover, lane)));
    await Promise.all(lanes.flat());
  } catch (error) {
    failed.abort(error);
    throw error;
  } finally {
    await Promise.all(provers.map((prover) => prover.close()));
  }
}
