import { join } from 'node:path';
import { whyPolling } from '../watch/file-events.ts';
import type { Examination } from './finding.ts';

/** Whether a save is told: Windows' disks do not tell Linux inside of WSL, and neither do folders of a network. */
export const fileEvents: Examination = async ({ root }) => {
  const about = 'file events';
  const why = await whyPolling(root, join(root, '.lab'));
  if (why === undefined) return { about, state: 'fine', found: 'as the system tells them' };
  return {
    about,
    state: 'note',
    found: `the folder is ${why}: saves are found by looking, a little later`,
    next: why.includes('WSL')
      ? 'Clone the workshop into the home folder of WSL.'
      : "On a disk of this machine's own they come at once.",
  };
};
