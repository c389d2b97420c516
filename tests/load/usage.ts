import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { promisify } from 'node:util';

/** The resources a process uses on the machine. */
export interface Usage {
  /** Resident memory, in megabytes. */
  readonly megabytes: number;
  /** Open files and sockets; undefined if the system does not show those of another process. */
  readonly descriptors: number | undefined;
  /** Each child process that is still running, in megabytes. */
  readonly children: readonly number[];
}

/** Returns a process's current usage. Not for Windows, which has no `ps`. */
export async function usageOf(pid: number): Promise<Usage> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,rss=']);
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const megabytes = ([, , kilobytes = 0]: number[]) => kilobytes / 1024;
  const own = rows.find(([id]) => id === pid);
  return {
    megabytes: own === undefined ? Number.NaN : megabytes(own),
    descriptors: await descriptorsOf(pid),
    children: rows.filter(([, parent]) => parent === pid).map(megabytes),
  };
}

async function descriptorsOf(pid: number): Promise<number | undefined> {
  if (process.platform !== 'linux') return undefined;
  return (await readdir(`/proc/${pid}/fd`)).length;
}
