import { mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InterruptedDeploymentError } from '../errors.ts';
import { isAlive } from '../target/stop.ts';
import { until } from '../until.ts';

export interface OneAtATime {
  readonly root: string;
  readonly lab: string;
  /** Ends the waiting, with an InterruptedDeploymentError. */
  readonly signal: AbortSignal;
  /** Told once for whom this waits. */
  readonly say: (message: string) => void;
}

/** Does the work while no other process of this checkout deploys the same lab; waits for one that does. */
export async function oneAtATime<T>({ root, lab, signal, say }: OneAtATime, work: () => Promise<T>): Promise<T> {
  const folder = join(root, '.lab', 'deploying');
  const lock = join(folder, lab);
  await mkdir(folder, { recursive: true });
  let told = false;
  await until(async () => {
    if (signal.aborted) throw new InterruptedDeploymentError('Interrupted before anything was deployed.');
    if (await taken(lock)) return true;
    const holder = await readFile(lock, 'utf8').catch(() => '');
    if (await isLeft(lock, holder)) await rm(lock, { force: true });
    else if (!told) {
      told = true;
      say(`Waiting for ${holder === '' ? 'another process' : `process ${holder}`}, which is deploying ${lab} …`);
    }
    return false;
  }, Number.POSITIVE_INFINITY);
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

/** Whether the one who made the lock has ended. It is empty for the moment between its being made and being written. */
async function isLeft(lock: string, holder: string): Promise<boolean> {
  if (holder !== '') return !isAlive(Number(holder));
  const made = await stat(lock).catch(() => undefined);
  return made !== undefined && made.mtimeMs < Date.now() - 5000;
}

/** Makes the lock, unless it is there. */
async function taken(lock: string): Promise<boolean> {
  try {
    const file = await open(lock, 'wx');
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    // Windows says EPERM while another process is deleting it.
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || (code === 'EPERM' && process.platform === 'win32')) return false;
    throw error;
  }
}
