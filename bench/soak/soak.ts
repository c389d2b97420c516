import { setTimeout as pause } from 'node:timers/promises';
import type { Workshop } from '../../tests/cli/workshop.ts';
import { Room } from '../../tests/load/room.ts';
import { type Usage, usageOf } from '../../tests/load/usage.ts';
import { change, deploySolvedRoom, lab } from '../solved-room.ts';
import { compare, type Figure } from './level.ts';

/** The amount of work of a soak test. */
export interface Amount {
  readonly connections: number;
  readonly messages: number;
  readonly deployments: number;
}

/** How often the account is measured, in milliseconds. */
const interval = 1_000;

/** The most messages of a warm-up, which includes a deployment, and as many again. */
const warmUp = 100;

/**
 * Keeps a room full for a long time: everyone gets every message, while one line of the room is changed and deployed
 * again and again. Returns the account's resource use in the first and in the last tenth of that time.
 */
export async function soak(
  workshop: Workshop,
  { connections, messages, deployments }: Amount,
  { progress, began }: { progress(what: string): void; began(pid: number): void },
): Promise<{ figures: Figure[]; unexpected: readonly string[] }> {
  progress('deploying the solution');
  const { pid, address } = await deploySolvedRoom(workshop);
  const room = new Room(address, (text) => ({ action: 'sendmessage', text }));
  progress(`opening ${connections} connections`);
  await room.open(connections);
  // Once around, so that one-time allocations exist before the first tenth begins.
  progress('warming up');
  const turn = async () => {
    await change(workshop, /Duration\.seconds\(\d+\)/, 'Duration.seconds(29)');
    await lab(workshop, ['deploy', '01']);
  };
  const first = Math.min(warmUp, messages);
  await Promise.all([room.say(first), ...(deployments > 0 ? [turn()] : [])]);
  await room.say(first);
  const samples: Usage[] = [];
  let [heard, deployed] = [0, 0];
  const ended = new AbortController();

  async function measure(): Promise<void> {
    while (!ended.signal.aborted) {
      const usage = await usageOf(pid);
      samples.push(usage);
      const held = `${Math.round(usage.megabytes)} MB, ${usage.descriptors ?? '?'} descriptors, ${usage.children.length} functions`;
      progress(`${heard} of ${messages} messages, ${deployed} of ${deployments} deployments: ${held}`);
      await pause(interval, undefined, { signal: ended.signal }).catch(() => {});
    }
  }

  async function deploy(): Promise<void> {
    while (deployed < deployments) {
      // Spread over the messages, so that both end together.
      if (deployed / deployments > heard / messages) await pause(100);
      else {
        await change(workshop, /Duration\.seconds\(\d+\)/, `Duration.seconds(${10 + ((deployed + 1) % 10)})`);
        await lab(workshop, ['deploy', '01']);
        deployed += 1;
      }
    }
  }

  began(pid);
  const measuring = measure();
  try {
    // Deployments after the last message aren't measured: nobody uses the room anymore.
    const saying = room
      .say(messages, 10, (count) => {
        heard = count;
      })
      .finally(() => ended.abort());
    await Promise.all([saying, deploy()]);
  } finally {
    ended.abort();
    await measuring;
    await room.close();
  }
  return { figures: compare(samples), unexpected: room.unexpected };
}
