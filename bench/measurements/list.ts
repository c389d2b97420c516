import { type Measurement, time } from '../measurement.ts';
import { lab } from '../solved-room.ts';
import { medianTime } from '../statistics.ts';

/** `lab list` without npx. */
export const measureList: Measurement = async ({ workshop, progress }) => {
  await lab(workshop, ['list']);
  progress('lab list');
  return [time('lab list', await medianTime(9, () => lab(workshop, ['list'])), 250)];
};
