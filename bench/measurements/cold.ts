import { Crowd } from '../chat.ts';
import { startFloor } from '../floor.ts';
import { type Measurement, timeOver } from '../measurement.ts';
import { deploySolvedRoom, lab } from '../solved-room.ts';
import { median, timed } from '../statistics.ts';

const runs = 7;

/** The first person of a room whose functions have no process yet: joining, and the first message. */
export const measureCold: Measurement = async ({ workshop, progress }) => {
  progress('deploying the solution');
  const { address } = await deploySolvedRoom(workshop);
  const port = new URL(address).port;
  await lab(workshop, ['sandbox', 'stop']);
  const ours = new Firsts();
  const least = new Firsts();
  for (let run = 1; run <= runs; run += 1) {
    progress(`run ${run} of ${runs}`);
    await lab(workshop, ['sandbox', 'start', '--port', port]);
    await ours.add(address);
    // It has functions to start for those who left.
    await lab(workshop, ['sandbox', 'stop']);
    const floor = await startFloor();
    await least.add(floor.address).finally(() => floor.close());
  }
  return [
    timeOver('joining an empty room, cold', median(ours.joins), { floor: median(least.joins), most: 1.1 }),
    timeOver('the first message, cold', median(ours.messages), { floor: median(least.messages), most: 1.1 }),
  ];
};

/** The times of several first people, in milliseconds. */
class Firsts {
  readonly joins: number[] = [];
  readonly messages: number[] = [];

  async add(address: string): Promise<void> {
    const began = performance.now();
    const alone = await Crowd.alone(address);
    this.joins.push(performance.now() - began);
    this.messages.push(await timed(() => alone.say()));
    await alone.close();
  }
}
