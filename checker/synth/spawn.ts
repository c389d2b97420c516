import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withEnvironment } from '../aws/environment.ts';

/** Starts a program of `dist/` that loads TypeScript directly: a process with tsx's hooks, and a channel to it. */
export function spawnTyped(root: string, program: string, args: readonly string[]): ChildProcess {
  const tsx = createRequire(join(root, 'package.json')).resolve('tsx');
  return spawn(process.execPath, ['--import', pathToFileURL(tsx).href, join(root, 'dist', program), ...args], {
    cwd: root,
    env: withEnvironment({ NODE_OPTIONS: undefined, FORCE_COLOR: '0' }),
    // In its own process group, so that Ctrl-C reaches only this process, which decides what to do.
    detached: process.platform !== 'win32',
    windowsHide: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}
