import { join } from 'node:path';
import { whyPolling } from '../watch/file-events.ts';
import type { Examination } from './finding.ts';

/**
 * Whether saves are reported: Windows drives don't report them to Linux inside of WSL, and neither do network folders.
 */
export const fileEvents: Examination = async ({ root }) => {
  const about = 'file events';
  const why = await whyPolling(root, join(root, '.lab'));
  if (why === undefined) return { about, state: 'fine', found: 'reported by the system' };
  return {
    about,
    state: 'note',
    found: `the folder is ${why}: saves are detected by polling, a little later`,
    next: why.includes('WSL')
      ? 'Clone the workshop into the home folder of WSL.'
      : 'On a local disk they are reported immediately.',
  };
};
