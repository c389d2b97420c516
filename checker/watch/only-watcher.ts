import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LabError } from '../errors.ts';
import { tryLock } from '../lock.ts';
import { isAlive } from '../target/is-alive.ts';
import { isLabCommand } from '../target/stop.ts';
import { until } from '../until.ts';

/** Longer than a lock may be empty before it counts as left, in milliseconds. */
const patience = 6000;

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
  const came = await until(async () => {
    const attempt = await tryLock(lock, {
      text: JSON.stringify({ pid: process.pid, lab } satisfies Watcher),
      async isLeft(text) {
        const other = watcherIn(text);
        return other === undefined || !isAlive(other.pid) || !(await isLabCommand(root, other.pid, true));
      },
    });
    if (attempt === 'ours' || attempt === 'in between') return attempt === 'ours';
    throw watched(JSON.parse(attempt.heldBy) as Watcher);
  }, patience);
  if (came) return () => rm(lock, { force: true });
  throw new LabError('Another `lab start` began to watch at this moment.', 'Use that one.');
}

function watched({ pid, lab }: Watcher): LabError {
  return new LabError(
    `\`lab start\` watches this workshop already: process ${pid}, which began with ${lab}.`,
    'Use it in its own terminal, or end it there by the key q. `npx lab check` looks at a room meanwhile.',
  );
}

/** Undefined where only a half was written. */
function watcherIn(text: string): Watcher | undefined {
  try {
    return JSON.parse(text) as Watcher;
  } catch {
    return undefined;
  }
}
