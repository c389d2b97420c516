import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { InterruptedDeploymentError } from '../failures/errors.ts';
import { thisProcess, tryLock } from '../process/lock.ts';
import { until } from '../process/until.ts';

export interface OneAtATime {
  readonly root: string;
  readonly lab: string;
  /** Aborts the waiting, with an InterruptedDeploymentError. */
  readonly signal: AbortSignal;
  /** Called once with the process that this waits for. */
  readonly say: (message: string) => void;
}

/** Works while no other process of this checkout deploys the same lab; waits for one that does. */
export async function oneAtATime<T>({ root, lab, signal, say }: OneAtATime, work: () => Promise<T>): Promise<T> {
  const folder = join(root, '.lab', 'deploying');
  const lock = join(folder, lab);
  await mkdir(folder, { recursive: true });
  let told = false;
  await until(async () => {
    if (signal.aborted) throw new InterruptedDeploymentError('Interrupted before anything was deployed.');
    const attempt = await tryLock(lock, thisProcess);
    if (attempt === 'ours') return true;
    if (attempt !== 'in between' && !told) {
      told = true;
      say(`Waiting for process ${attempt.heldBy}, which is deploying ${lab} …`);
    }
    return false;
  }, Number.POSITIVE_INFINITY);
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}
