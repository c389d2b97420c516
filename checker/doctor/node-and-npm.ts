import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Examination, Finding } from './finding.ts';

/** The running Node.js, compared with package.json's requirement, and its npm. */
export const nodeAndNpm: Examination = async () => nodeFinding(process.versions.node, await npmVersion());

/** Returns what is to be said about a version of Node.js; `more` is the rest of the line. */
export function nodeFinding(version: string, more: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  // https://nodejs.org/en/about/previous-releases
  const remark = major === 20 ? ' (no more security fixes; install 24)' : '';
  const found = `Node.js ${version}${remark}, ${more}, ${process.platform} ${process.arch}`;
  if ((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22)
    return { about: 'Node.js', state: 'fine', found };
  const next = 'Install Node.js 24: https://nodejs.org';
  return { about: 'Node.js', state: 'in the way', found, next };
}

async function npmVersion(): Promise<string> {
  return promisify(execFile)(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['--version'], {
    timeout: 10_000,
    shell: process.platform === 'win32',
    windowsHide: true,
  }).then(
    ({ stdout }) => `npm ${stdout.trim()}`,
    () => 'no npm on the path',
  );
}
