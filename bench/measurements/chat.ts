import { Crowd, roundTrip, throughput } from '../chat.ts';
import { type Line, type Measurement, time } from '../measurement.ts';
import { deploySolvedRoom } from '../solved-room.ts';
import { median } from '../statistics.ts';

/** By number of listeners: milliseconds at p50, and messages per second. */
const aims = [
  { listeners: 1, p50: 6, rate: 300 },
  { listeners: 10, p50: 14, rate: 110 },
  { listeners: 50, p50: 28, rate: 60 },
] as const;

const runs = 5;

/** The room with people in it. Sender, listeners, account and functions share the machine. */
export const measureChat: Measurement = async ({ workshop, progress }) => {
  progress('deploying the solution');
  const { address } = await deploySolvedRoom(workshop);
  const lines: Line[] = [];
  for (const { listeners, p50, rate } of aims) {
    const crowd = await Crowd.open(address, listeners);
    const [trips, rates]: [Array<{ p50: number; p95: number }>, number[]] = [[], []];
    for (let run = 1; run <= runs; run += 1) {
      progress(`${listeners} listeners, run ${run} of ${runs}`);
      trips.push(await roundTrip(crowd));
      rates.push(await throughput(crowd));
    }
    await crowd.close();
    const people = `${listeners} ${listeners === 1 ? 'listener' : 'listeners'}`;
    const measured = median(rates);
    lines.push(
      time(`from send to receive, ${people}, p50`, median(trips.map((trip) => trip.p50)), p50),
      time(`from send to receive, ${people}, p95`, median(trips.map((trip) => trip.p95))),
      {
        what: `messages a second, 10 in flight, ${people}`,
        measured: `${Math.round(measured)}/s`,
        aim: `${rate}/s`,
        reached: measured >= rate,
      },
    );
  }
  return [...lines, { what: "with a limit of 10,000 messages a second instead of the lab's 50", measured: '' }];
};
