import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Environment, withEnvironment } from '../aws/environment.ts';

export interface ProgramOptions extends Pick<SpawnOptions, 'serialization' | 'stdio'> {
  readonly args?: readonly string[];
  /** Arguments for Node.js, before the program's. */
  readonly nodeArgs?: readonly string[];
  /** Changes to this process's environment. */
  readonly environment?: Environment;
}

/** Starts a program of `dist/` as a separate process, with a channel to it. By default, its output is piped. */
export function spawnProgram(
  root: string,
  program: string,
  { args = [], nodeArgs = [], environment, stdio = ['ignore', 'pipe', 'pipe', 'ipc'], serialization }: ProgramOptions,
): ChildProcess {
  return spawn(process.execPath, [...nodeArgs, join(root, 'dist', program), ...args], {
    cwd: root,
    env: withEnvironment({ NODE_OPTIONS: undefined, ...environment }),
    // In its own process group, so that Ctrl-C reaches only this process, which decides what to do.
    detached: process.platform !== 'win32',
    windowsHide: true,
    stdio,
    serialization,
  });
}

/** Starts a program of `dist/` that loads TypeScript directly: a process with tsx's hooks, and a channel to it. */
export function spawnTyped(root: string, program: string, args: readonly string[]): ChildProcess {
  const tsx = createRequire(join(root, 'package.json')).resolve('tsx');
  const nodeArgs = ['--import', pathToFileURL(tsx).href];
  return spawnProgram(root, program, { args, nodeArgs, environment: { FORCE_COLOR: '0' } });
}
