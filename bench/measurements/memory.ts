import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Crowd } from '../chat.ts';
import type { Line, Measurement } from '../measurement.ts';
import { deploySolvedRoom, lab } from '../solved-room.ts';
import { median } from '../statistics.ts';

const runs = 5;

/**
 * Resident memory of the account's process, which serves everything but the functions, and of the functions' processes.
 */
export const measureMemory: Measurement = async ({ workshop, progress }) => {
  if (process.platform === 'win32') return [{ what: 'memory is not measured on Windows', measured: '' }];
  progress('deploying the solution');
  const { address } = await deploySolvedRoom(workshop);
  const [rest, crowded, functions, processes]: number[][] = [[], [], [], []];
  for (let run = 1; run <= runs; run += 1) {
    progress(`run ${run} of ${runs}`);
    await lab(workshop, ['sandbox', 'stop']);
    const port = new URL(address).port;
    await lab(workshop, ['sandbox', 'start', '--port', port]);
    const { pid } = JSON.parse(await readFile(join(workshop.root, '.lab', 'account', 'owner.json'), 'utf8'));
    rest?.push((await memoryOf(pid)).own);
    const crowd = await Crowd.open(address, 100);
    const { own, children } = await memoryOf(pid);
    crowded?.push(own);
    functions?.push(...children);
    processes?.push(children.length);
    await crowd.close();
  }
  const megabytes = (what: string, values: number[] = [], aim?: number): Line => {
    const value = median(values);
    const measured = `${Math.round(value)} MB`;
    return aim === undefined ? { what, measured } : { what, measured, aim: `${aim} MB`, reached: value <= aim };
  };
  return [
    megabytes('the idle practice account with a deployed lab', rest, 90),
    megabytes('the practice account with 100 connections', crowded),
    megabytes(`each of the functions' processes (${median(processes ?? [])} of them)`, functions),
  ];
};

/** Resident megabytes of a process, and of each of its child processes. */
async function memoryOf(pid: number): Promise<{ own: number; children: number[] }> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,rss=']);
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const megabytes = ([, , kilobytes = 0]: number[]) => kilobytes / 1024;
  const own = rows.filter(([id]) => id === pid).map(megabytes);
  return { own: own[0] ?? Number.NaN, children: rows.filter(([, parent]) => parent === pid).map(megabytes) };
}
