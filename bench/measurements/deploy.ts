import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { floorReady } from '../floor.ts';
import { type Measurement, timeOver } from '../measurement.ts';
import { change, lab } from '../solved-room.ts';
import { median, medianTime, timed } from '../statistics.ts';

/** `lab deploy 01` to an empty account, and after one changed line. */
export const measureDeploy: Measurement = async ({ workshop, progress }) => {
  const deploy = () => lab(workshop, ['deploy', '01']);
  const first: number[] = [];
  for (let run = 1; run <= 5; run += 1) {
    progress(`first deploy, run ${run} of 5`);
    await rm(join(workshop.root, '.lab'), { recursive: true, force: true, maxRetries: 5 });
    first.push(await timed(deploy));
  }
  progress('deployments of one changed line');
  let seconds = 10;
  const changed = await medianTime(5, deploy, async () => {
    seconds += 1;
    await change(workshop, /Duration\.seconds\(\d+\)/, `Duration.seconds(${seconds})`);
  });
  progress('the floor');
  const floor = await floorReady();
  return [
    timeOver('lab deploy 01 to an empty account', median(first), { floor, most: 78 }),
    timeOver('lab deploy 01 after changing one line', changed, { floor, most: 78 }),
  ];
};
