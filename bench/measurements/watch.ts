import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Running } from '../../tests/cli/workshop.ts';
import { floorReady } from '../floor.ts';
import { type Measurement, timeOver } from '../measurement.ts';
import { stackFile } from '../solved-room.ts';
import { median } from '../statistics.ts';

/** The shortest time between a verdict and a person's next save, in milliseconds: programs are prepared meanwhile. */
const thinking = 8_000;

/** `lab start`: from saving a repair to its verdict, and from saving the fault again. */
export const measureWatch: Measurement = async ({ workshop, progress }) => {
  const solution = await readFile(join(workshop.root, 'solutions', '01-missing-route', 'stack.ts'), 'utf8');
  const start = await readFile(stackFile(workshop), 'utf8');
  const started = workshop.start('start', '01', '--port', '0');
  const times: number[] = [];
  for (let save = 0; save <= 6; save += 1) {
    const word = save % 2 === 0 ? ': not fixed' : ': fixed';
    progress(`save ${save} of 6`);
    if (save > 0) {
      await pause(thinking);
      const saved = performance.now();
      const verdict = nextVerdict(started, word);
      await writeFile(stackFile(workshop), save % 2 === 0 ? start : solution);
      times.push((await verdict) - saved);
    } else await started.saw(word);
    await started.saw(new RegExp(`(Watching [^]*){${save + 1}}`));
  }
  started.child.kill('SIGINT');
  await started.ended;
  progress('the floor');
  const floor = await floorReady();
  return [timeOver('from a save to its verdict, in `lab start`', median(times), { floor, most: 22 })];
};

/** When the next verdict with these words arrives, in milliseconds of `performance.now()`. */
function nextVerdict({ child, ended }: Running, word: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const listener = (piece: string) => {
      if (!piece.includes(word)) return;
      child.stdout?.off('data', listener);
      resolve(performance.now());
    };
    child.stdout?.on('data', listener);
    void ended.then(({ stdout, stderr }) => reject(new Error(`lab start ended:\n${stdout}${stderr}`)));
  });
}
