import { release } from 'node:os';
import type { Examination } from './finding.ts';

/** Whether a save is told: Windows' disks do not tell Linux inside of WSL, and neither do folders of a network. */
export const fileEvents: Examination = async ({ root }) => {
  const about = 'file events';
  const isWsl = process.platform === 'linux' && /microsoft/i.test(release());
  if (isWsl && /^\/mnt\/[a-z]\//.test(root)) {
    return {
      about,
      state: 'note',
      found: 'the folder is on a disk of Windows, seen from WSL: saves are found by looking, a little later',
      next: 'Clone the workshop into the home folder of WSL.',
    };
  }
  return { about, state: 'fine', found: isWsl ? "in WSL, on Linux's own disk" : 'as the system tells them' };
};
