import { LabError } from '../failures/errors.ts';
import { isAlive } from '../process/is-alive.ts';
import { until } from '../process/until.ts';
import { isLabCommand } from './is-lab-command.ts';
import { announcedOwner, isHeld, isOwner, type Owner, tell } from './practice.ts';

/** How long an account can take to stop, in milliseconds: running functions are ended, and the state is closed. */
const patience = 10_000;

/**
 * Stops the lasting practice account, by killing its process if it doesn't answer, and resolves with who had it.
 * Undefined if none was running; one that a short command has ends with that command.
 */
export async function stopAccount(root: string): Promise<Owner | undefined> {
  const owner = await announcedOwner(root);
  if (owner === undefined || !owner.lasting || !isAlive(owner.pid)) return undefined;
  if (await isOwner(owner)) {
    await tell(owner, 'POST', 'stop');
    if (await until(() => !isAlive(owner.pid), patience)) return owner;
    // In a container without an init process, an ended process still exists as a zombie.
    if ((await announcedOwner(root))?.nonce !== owner.nonce) return owner;
  }
  // Process ids are reused: never kill an unrelated program.
  if (!(await isHeld(root)) || !(await isLabCommand(root, owner.pid, false))) return undefined;
  process.kill(owner.pid, 'SIGKILL');
  if (await until(() => !isAlive(owner.pid), patience)) return owner;
  throw new LabError(`The practice account (process ${owner.pid}) doesn't stop.`, 'Kill that process and try again.');
}
