import { readFile } from 'node:fs/promises';
import { openEvents } from '../../checker/aws/account-events.ts';
import { Crowd, roundTrip, throughput } from '../chat.ts';
import { type Line, type Measurement, timeOver } from '../measurement.ts';
import { deploySolvedRoom } from '../solved-room.ts';
import { median } from '../statistics.ts';

const runs = 5;

/** How much slower the room may be while somebody watches. */
const most = 1.1;

/**
 * The room with an open console, compared with the same room without one, in turns, so that other load affects both.
 */
export const measureConsole: Measurement = async ({ workshop, progress }) => {
  progress('deploying the solution');
  const { address, pid } = await deploySolvedRoom(workshop);
  const lines: Line[] = [];
  for (const listeners of [1, 10, 50]) {
    const crowd = await Crowd.open(address, listeners);
    const alone = new Rounds();
    const watched = new Rounds();
    for (let run = 1; run <= runs; run += 1) {
      progress(`${listeners} listeners, run ${run} of ${runs}`);
      await alone.add(crowd, pid);
      const events = await openEvents(workshop.root, () => {});
      await watched.add(crowd, pid);
      events?.close();
    }
    await crowd.close();
    const people = `${listeners} ${listeners === 1 ? 'listener' : 'listeners'}`;
    lines.push(
      beside(`p50 with a console open, ${people}`, watched.trips, alone.trips),
      beside(`time per message with a console open, ${people}`, watched.times, alone.times),
      beside(`the account's CPU time per message, ${people}`, watched.processor, alone.processor),
    );
  }
  return lines;
};

/** The results of one kind of round, in milliseconds. */
class Rounds {
  readonly trips: number[] = [];
  /** From message to message, with ten in flight. */
  readonly times: number[] = [];
  readonly processor: number[] = [];

  async add(crowd: Crowd, pid: number): Promise<void> {
    this.trips.push((await roundTrip(crowd)).p50);
    const before = await processorTime(pid);
    this.times.push(1000 / (await throughput(crowd, 200)));
    this.processor.push(((await processorTime(pid)) - before) / 210);
  }
}

function beside(what: string, watched: readonly number[], alone: readonly number[]): Line {
  return timeOver(what, median(watched), { floor: median(alone), most });
}

/** How much CPU time a process has used, in milliseconds; only Linux reports it, in ticks of 10 ms. */
async function processorTime(pid: number): Promise<number> {
  if (process.platform !== 'linux') return Number.NaN;
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
