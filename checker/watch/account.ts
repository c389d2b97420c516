import { announcedOwner, isHeld, isOwner } from '../aws/practice.ts';
import type { Target } from '../aws/target.ts';
import { isAlive } from '../process/is-alive.ts';

/**
 * What became of the account that is worked in: `lost` where its process is gone or another one has it, `stopped` where
 * somebody ended it on purpose.
 */
export type AccountState = 'there' | 'lost' | 'stopped';

/** Looks at the process of a practice account that another command runs. AWS, and an account of our own, are there. */
export async function accountState(root: string, target: Target): Promise<AccountState> {
  if (target.kind === 'aws' || target.endsWithCommand === true) return 'there';
  const owner = await announcedOwner(root);
  // Whoever ends as it should takes its announcement away.
  if (owner === undefined) return 'stopped';
  if (target.environment.AWS_ENDPOINT_URL !== `http://127.0.0.1:${owner.port}` || !owner.lasting) return 'lost';
  if (!isAlive(owner.pid)) return 'lost';
  if (await isOwner(owner)) return 'there';
  // It may be busy: what it holds tells.
  return (await isHeld(root)) ? 'there' : 'lost';
}
