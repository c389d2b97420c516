import { floorReady } from '../floor.ts';
import { type Measurement, timeOver } from '../measurement.ts';
import { lab } from '../solved-room.ts';
import { medianTime } from '../statistics.ts';

/** `lab check 01` of the deployed solution: with a running account, and with its own. */
export const measureCheck: Measurement = async ({ workshop, progress }) => {
  progress('deploying the solution');
  await lab(workshop, ['reset', '01', '--to', 'solution']);
  await lab(workshop, ['deploy', '01']);
  const check = () => lab(workshop, ['check', '01']);
  progress('lab check, each with its own account');
  const alone = await medianTime(5, check);
  await lab(workshop, ['sandbox', 'start', '--port', '0']);
  // After the first run the functions' processes exist, as for a learner who keeps the account running.
  await check();
  progress('lab check, with the account running');
  const running = await medianTime(5, check);
  progress('the floor');
  const floor = await floorReady();
  return [
    timeOver('lab check 01, with the account running', running, { floor, most: 11 }),
    timeOver('lab check 01, which starts the account and its functions', alone, { floor, most: 22 }),
  ];
};
