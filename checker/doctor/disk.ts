import { statfs } from 'node:fs/promises';
import type { Examination } from './finding.ts';

/** Below that, a deployment may lack space for its bundles and its state; in bytes. */
const little = 500 * 1024 ** 2;

/** The free space on the workshop's disk. */
export const disk: Examination = async ({ root }) => {
  const { bavail, bsize } = await statfs(root);
  const free = bavail * bsize;
  const found = `${(free / 1024 ** 3).toFixed(1)} GB free`;
  return free >= little
    ? { about: 'disk', state: 'fine', found }
    : { about: 'disk', state: 'in the way', found, next: 'Free some space: half a gigabyte is enough.' };
};
