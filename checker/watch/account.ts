import { announcedOwner, isHeld, isOwner } from '../aws/practice.ts';
import type { Target } from '../aws/target.ts';
import { isAlive } from '../process/is-alive.ts';

/**
 * The state of the account in use: `lost` if its process is gone or another one has it, `stopped` if somebody stopped
 * it on purpose.
 */
export type AccountState = 'there' | 'lost' | 'stopped';

/**
 * Checks the process of a practice account that another command runs. AWS, and an account in this process, always
 * exist.
 */
export async function accountState(
  root: string,
  target: Pick<Target, 'kind' | 'endsWithCommand' | 'environment'>,
): Promise<AccountState> {
  if (target.kind === 'aws' || target.endsWithCommand === true) return 'there';
  const owner = await announcedOwner(root);
  // A process that ends normally removes its announcement.
  if (owner === undefined) return 'stopped';
  if (target.environment.AWS_ENDPOINT_URL !== `http://127.0.0.1:${owner.port}` || !owner.lasting) return 'lost';
  if (!isAlive(owner.pid)) return 'lost';
  if (await isOwner(owner)) return 'there';
  // It may just be busy: the state's lock tells.
  return (await isHeld(root)) ? 'there' : 'lost';
}
