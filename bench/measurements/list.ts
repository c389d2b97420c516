import { floorReady } from '../floor.ts';
import { type Measurement, timeOver } from '../measurement.ts';
import { lab } from '../solved-room.ts';
import { medianTime } from '../statistics.ts';

/** `lab list` without npx. */
export const measureList: Measurement = async ({ workshop, progress }) => {
  await lab(workshop, ['list']);
  progress('lab list');
  const listed = await medianTime(9, () => lab(workshop, ['list']));
  return [timeOver('lab list', listed, { floor: await floorReady(), most: 3.3 })];
};
