import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Examination } from './finding.ts';

/** The running Node.js, compared with package.json's requirement, and its npm. */
export const nodeAndNpm: Examination = async () => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const npm = await promisify(execFile)(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['--version'], {
    timeout: 10_000,
    shell: process.platform === 'win32',
    windowsHide: true,
  }).then(
    ({ stdout }) => `npm ${stdout.trim()}`,
    () => 'no npm on the path',
  );
  const found = `Node.js ${process.versions.node}, ${npm}, ${process.platform} ${process.arch}`;
  if ((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22)
    return { about: 'Node.js', state: 'fine', found };
  const next = 'Install Node.js 24: https://nodejs.org';
  return { about: 'Node.js', state: 'in the way', found, next };
};
