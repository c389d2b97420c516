import { join } from 'node:path';
import { InterruptedDeploymentError, LabError } from '../failures/errors.ts';
import { holdLock, UnclearLockError } from '../process/hold-lock.ts';

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
  const release = await holdLock({
    path: join(root, '.lab', 'deploying', lab),
    signal,
    onWait: (pid) => say(`Waiting for process ${pid}, which is deploying ${lab} …`),
  }).catch((error: unknown) => {
    if (signal.aborted) throw new InterruptedDeploymentError('Interrupted before anything was deployed.');
    if (!(error instanceof UnclearLockError)) throw error;
    throw new LabError(error.message, 'Delete the folder .lab/deploying, and run the command again.', { cause: error });
  });
  try {
    return await work();
  } finally {
    await release();
  }
}
