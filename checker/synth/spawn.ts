import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withEnvironment } from '../aws/environment.ts';

/** Starts a program of `dist/` that loads TypeScript as it is written: a process with tsx's hooks, and a channel to it. */
export function spawnTyped(root: string, program: string, args: readonly string[]): ChildProcess {
  const tsx = createRequire(join(root, 'package.json')).resolve('tsx');
  return spawn(
    process.execPath,
    // The default of 10 frames loses the line of a grant.
    ['--stack-trace-limit=50', '--import', pathToFileURL(tsx).href, join(root, 'dist', program), ...args],
    {
      cwd: root,
      env: withEnvironment({ NODE_OPTIONS: undefined, FORCE_COLOR: '0' }),
      // Of its own group, so that Ctrl-C reaches this process alone, which knows what to do about it.
      detached: process.platform !== 'win32',
      windowsHide: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
}
