import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LabError } from '../errors.ts';
import { isAlive, isLabCommand } from '../target/stop.ts';

/** Who watches this checkout: `.lab/watching`. */
interface Watcher {
  readonly pid: number;
  /** The lab that it began with. */
  readonly lab: string;
}

/**
 * Makes this process the one that watches the checkout; the result lets another one. Rejects with a LabError where one
 * watches already: two of them would deploy the same save twice.
 */
export async function becomeOnlyWatcher(root: string, lab: string): Promise<() => Promise<void>> {
  const lock = join(root, '.lab', 'watching');
  await mkdir(join(root, '.lab'), { recursive: true });
  // What was left by a process that is gone is taken away once; who is quicker then has it.
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (await taken(lock, { pid: process.pid, lab })) return () => rm(lock, { force: true });
    const other = await watcherOf(lock);
    if (other !== undefined && isAlive(other.pid) && (await isLabCommand(root, other.pid, true))) throw watched(other);
    await rm(lock, { force: true });
  }
  throw new LabError('Another `lab start` began to watch at this moment.', 'Use that one.');
}

function watched({ pid, lab }: Watcher): LabError {
  return new LabError(
    `\`lab start\` watches this workshop already: process ${pid}, which began with ${lab}.`,
    'Use it in its own terminal, or end it there by the key q. `npx lab check` looks at a room meanwhile.',
  );
}

async function watcherOf(lock: string): Promise<Watcher | undefined> {
  try {
    return JSON.parse(await readFile(lock, 'utf8')) as Watcher;
  } catch {
    return undefined;
  }
}

async function taken(lock: string, watcher: Watcher): Promise<boolean> {
  try {
    const file = await open(lock, 'wx');
    await file.writeFile(JSON.stringify(watcher));
    await file.close();
    return true;
  } catch (error) {
    // Windows says EPERM while another process is deleting it.
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || (code === 'EPERM' && process.platform === 'win32')) return false;
    throw error;
  }
}
