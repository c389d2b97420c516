import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { usageOf } from '../../tests/load/usage.ts';
import { Crowd } from '../chat.ts';
import { startFloor } from '../floor.ts';
import { inMegabytes, type Line, type Measurement, over } from '../measurement.ts';
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
    rest?.push((await usageOf(pid)).megabytes);
    const crowd = await Crowd.open(address, 100);
    const { megabytes: own, children } = await usageOf(pid);
    crowded?.push(own);
    functions?.push(...children);
    processes?.push(children.length);
    await crowd.close();
  }
  const floor = await startFloor();
  const { megabytes: least } = await usageOf(floor.pid);
  await floor.close();
  const megabytes = (what: string, values: number[] = []): Line => ({ what, measured: inMegabytes(median(values)) });
  return [
    over('the idle practice account with a deployed lab', median(rest ?? []), inMegabytes, { floor: least, most: 1.3 }),
    megabytes('the practice account with 100 connections', crowded),
    megabytes(`each of the functions' processes (${median(processes ?? [])} of them)`, functions),
  ];
};
