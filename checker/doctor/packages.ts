import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installThem, missingPackages } from '../failures/missing-packages.ts';
import type { Examination } from './finding.ts';

/** The results of `npm ci`: the packages, and the bundle of the `lab` command. */
export const packages: Examination = async ({ root }) => {
  const missing = [...missingPackages(root), ...['dist/lab.js'].filter((path) => !existsSync(join(root, path)))];
  if (missing.length === 0) return { about: 'packages', state: 'fine', found: 'installed, and the command is built' };
  return {
    about: 'packages',
    state: 'in the way',
    found: `missing: ${missing.join(', ')}`,
    next: installThem,
  };
};
