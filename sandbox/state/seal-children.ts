import { ChildProcess } from 'node:child_process';
import { openSync, readdirSync, readFileSync } from 'node:fs';

/** A process's options, as Node passes them to the class; `stdio` as in `spawn`. */
interface SpawnOptions {
  stdio?: string | readonly unknown[];
}

type Spawn = (this: ChildProcess, options: SpawnOptions) => unknown;

/** Descriptors up to this number are covered without checking, which is cheaper. */
const coveredUnseen = 512;
/** LevelDB opens files in its own threads: those opened between the check and the fork get the lowest free numbers. */
const margin = 16;

let nothing: number | undefined;

/**
 * Keeps this process's database files from its child processes. LevelDB opens its files without `O_CLOEXEC` and Node.js
 * can't set it later, so on Linux a child would inherit them open for writing. Instead, each such descriptor is
 * `/dev/null` in the child. macOS and Windows only pass on requested ones
 * (https://github.com/libuv/libuv/blob/v1.x/src/unix/process.c, `POSIX_SPAWN_CLOEXEC_DEFAULT`).
 */
export function sealChildren(): void {
  if (process.platform !== 'linux' || nothing !== undefined) return;
  const covering = openSync('/dev/null', 'r+');
  nothing = covering;
  const prototype = ChildProcess.prototype as unknown as { spawn: Spawn };
  const { spawn } = prototype;
  prototype.spawn = function (options) {
    return spawn.call(this, { ...options, stdio: sealed(options.stdio, covering) });
  };
}

function sealed(given: string | readonly unknown[] = 'pipe', covering: number): unknown[] {
  const stdio = typeof given === 'string' ? [given, given, given] : [...given];
  while (stdio.length < 3) stdio.push('pipe');
  const open = readdirSync('/proc/self/fd').map(Number);
  const last = open.reduce((highest, fd) => Math.max(highest, fd), 0) + margin;
  for (let fd = stdio.length; fd <= last; fd += 1) stdio.push(fd <= coveredUnseen ? covering : 'ignore');
  for (const fd of open) if (fd > coveredUnseen && isInherited(fd)) stdio[fd] = covering;
  return stdio;
}

/** Whether a child inherits this descriptor: the flags are octal, as in fcntl. */
function isInherited(fd: number): boolean {
  try {
    const flags = /^flags:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1] ?? '0';
    return (Number.parseInt(flags, 8) & 0o2000000) === 0;
  } catch {
    return false;
  }
}
