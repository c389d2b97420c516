import { LabError } from '../failures/errors.ts';
import { isAlive } from '../process/is-alive.ts';
import { until } from '../process/until.ts';
import { isLabCommand } from './is-lab-command.ts';
import { announcedOwner, isHeld, isOwner, type Owner, tell } from './practice.ts';

/** How long an account that was asked to stop may take: functions under way are ended, the state is closed. */
const patience = 10_000;

/**
 * Ends the lasting practice account, by its process where it does not answer, and resolves with who had it.
 * Undefined where none was running; one that a short command has ends with that command.
 */
export async function stopAccount(root: string): Promise<Owner | undefined> {
  const owner = await announcedOwner(root);
  if (owner === undefined || !owner.lasting || !isAlive(owner.pid)) return undefined;
  if (await isOwner(owner)) {
    await tell(owner, 'POST', 'stop');
    if (await until(() => !isAlive(owner.pid), patience)) return owner;
    // In a container that nobody cleans up after, a process that has ended still counts as one.
    if ((await announcedOwner(root))?.nonce !== owner.nonce) return owner;
  }
  // The number of a process that is gone is given to another one in time: nobody else's program is ended.
  if (!(await isHeld(root)) || !(await isLabCommand(root, owner.pid, false))) return undefined;
  process.kill(owner.pid, 'SIGKILL');
  if (await until(() => !isAlive(owner.pid), patience)) return owner;
  throw new LabError(
    `The practice account (process ${owner.pid}) does not end.`,
    'End that process by hand and try again.',
  );
}
