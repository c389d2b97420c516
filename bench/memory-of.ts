import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Resident megabytes of a process, and of each of its child processes. */
export async function memoryOf(pid: number): Promise<{ own: number; children: number[] }> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,rss=']);
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const megabytes = ([, , kilobytes = 0]: number[]) => kilobytes / 1024;
  const own = rows.filter(([id]) => id === pid).map(megabytes);
  return { own: own[0] ?? Number.NaN, children: rows.filter(([, parent]) => parent === pid).map(megabytes) };
}
