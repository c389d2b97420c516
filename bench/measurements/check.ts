import { type Measurement, time } from '../measurement.ts';
import { lab } from '../solved-room.ts';
import { medianTime } from '../statistics.ts';

/** `lab check 01` of the deployed solution: with the account running, and starting one for itself. */
export const measureCheck: Measurement = async ({ workshop, progress }) => {
  progress('deploying the solution');
  await lab(workshop, ['reset', '01', '--to', 'solution']);
  await lab(workshop, ['deploy', '01']);
  const check = () => lab(workshop, ['check', '01']);
  progress('lab check, each with an account of its own');
  const alone = await medianTime(5, check);
  await lab(workshop, ['sandbox', 'start', '--port', '0']);
  // The functions' processes are there after the first, as they are for a learner who has the account running.
  await check();
  progress('lab check, with the account running');
  const running = await medianTime(5, check);
  return [
    time('lab check 01, the account running', running, 1500),
    time('lab check 01, which starts the account and its functions', alone, 1500),
  ];
};
