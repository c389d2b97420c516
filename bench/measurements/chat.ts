import { type Usage, usageOf } from '../../tests/load/usage.ts';
import { Crowd, roundTrip, throughput } from '../chat.ts';
import { type OtherRoom, startFloor } from '../floor.ts';
import {
  type Bench,
  inMegabytes,
  inMilliseconds,
  type Line,
  type Measurement,
  over,
  time,
  timeOver,
} from '../measurement.ts';
import { peer, startServerlessOffline } from '../serverless-offline.ts';
import { deploySolvedRoom } from '../solved-room.ts';
import { median } from '../statistics.ts';

const runs = 5;

/**
 * The room with people in it, and the floor's, in turns, so that other load affects both. Sender, listeners, account
 * and functions share the machine.
 */
export const measureChat: Measurement = async ({ workshop, progress, peers }) => {
  progress('deploying the solution');
  const { address, pid } = await deploySolvedRoom(workshop);
  const floor = await startFloor();
  let other: OtherRoom | undefined;
  try {
    if (peers) {
      progress(`starting ${peer}`);
      other = await startServerlessOffline(floor);
    }
    const lines = await measure({ address, floor, other, progress });
    lines.push(...(await memoryAfter(pid, floor)));
    return [...lines, { what: "with a limit of 10,000 messages a second instead of the lab's 50", measured: '' }];
  } finally {
    await other?.close();
    await floor.close();
  }
};

interface Rooms extends Pick<Bench, 'progress'> {
  readonly address: string;
  readonly floor: OtherRoom;
  readonly other: OtherRoom | undefined;
}

async function measure({ address, floor, other, progress }: Rooms): Promise<Line[]> {
  const lines: Line[] = [];
  for (const listeners of [1, 10, 50]) {
    const [ours, least] = [await Room.open(address, listeners), await Room.open(floor.address, listeners)];
    const theirs = other === undefined ? undefined : await Room.open(other.address, listeners);
    for (let run = 1; run <= runs; run += 1) {
      progress(`${listeners} listeners, run ${run} of ${runs}`);
      await ours.measure();
      await least.measure();
      await theirs?.measure();
    }
    await Promise.all([ours.close(), least.close(), theirs?.close()]);
    const people = `${listeners} ${listeners === 1 ? 'listener' : 'listeners'}`;
    lines.push(
      timeOver(`from send to receive, ${people}, p50`, median(ours.p50), { floor: median(least.p50), most: 1.4 }),
      time(`from send to receive, ${people}, p95`, median(ours.p95)),
      over(`messages a second, 10 in flight, ${people}`, median(ours.rates), inRate, {
        floor: median(least.rates),
        least: 0.8,
      }),
    );
    if (theirs === undefined) continue;
    lines.push(
      { what: `p50 of ${peer}, ${people}`, measured: inMilliseconds(median(theirs.p50)) },
      { what: `messages a second of ${peer}, ${people}`, measured: inRate(median(theirs.rates)) },
    );
  }
  return lines;
}

function inRate(rate: number): string {
  return `${Math.round(rate)}/s`;
}

/** One crowd, and what was measured with it. */
class Room {
  readonly p50: number[] = [];
  readonly p95: number[] = [];
  readonly rates: number[] = [];
  readonly #crowd: Crowd;

  private constructor(crowd: Crowd) {
    this.#crowd = crowd;
  }

  static async open(address: string, listeners: number): Promise<Room> {
    return new Room(await Crowd.open(address, listeners));
  }

  async measure(): Promise<void> {
    const { p50, p95 } = await roundTrip(this.#crowd);
    this.p50.push(p50);
    this.p95.push(p95);
    this.rates.push(await throughput(this.#crowd));
  }

  close(): Promise<void> {
    return this.#crowd.close();
  }
}

/** The resident memory of the account and its functions, and of the floor and its own. */
async function memoryAfter(pid: number, floor: OtherRoom): Promise<Line[]> {
  if (process.platform === 'win32') return [];
  const [ours, least] = await Promise.all([usageOf(pid), usageOf(floor.pid)]);
  const total = ({ megabytes, children }: Usage) => children.reduce((sum, child) => sum + child, megabytes);
  return [over('all processes after that', total(ours), inMegabytes, { floor: total(least), most: 1.05 })];
}
