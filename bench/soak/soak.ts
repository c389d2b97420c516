import { setTimeout as pause } from 'node:timers/promises';
import {
  CloudFormationClient,
  CreateStackCommand,
  GetTemplateCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import type { Workshop } from '../../tests/cli/workshop.ts';
import { Room } from '../../tests/load/room.ts';
import { runningAccount } from '../../tests/load/running-account.ts';
import { type Usage, usageOf } from '../../tests/load/usage.ts';
import { stackOutput } from '../../tests/stack-output.ts';
import { change, deploySolvedRoom, lab } from '../solved-room.ts';
import { compare, type Figure } from './level.ts';

/** The amount of work of a soak test: connections and messages are spread over the rooms. */
export interface Amount {
  readonly connections: number;
  readonly messages: number;
  readonly deployments: number;
}

/** How often the account is measured, in milliseconds. */
const interval = 1_000;

/**
 * The stacks of the other rooms. One message to 200 people costs as much as four to 50, and 100,000 of them take hours.
 */
const others = ['second', 'third', 'fourth'];

/** How many rooms there are: each needs a connection. */
export const roomCount = 1 + others.length;

/** How many messages are in flight in each room. */
const lanes = 3;

/** The most messages of a warm-up in each room, which includes a deployment, and as many again. */
const warmUp = 25;

/**
 * Keeps rooms full for a long time: everyone gets every message of their room, while one line of the first room is
 * changed and deployed again and again. Returns the account's resource use in the first and in the last tenth of that
 * time.
 */
export async function soak(
  workshop: Workshop,
  { connections, messages, deployments }: Amount,
  { progress, began }: { progress(what: string): void; began(pid: number): void },
): Promise<{ figures: Figure[]; unexpected: readonly string[] }> {
  progress('deploying the solution');
  const { pid, address } = await deploySolvedRoom(workshop);
  const addresses = [address, ...(await deployOthers(workshop))];
  const rooms = addresses.map((each) => new Room(each, (text) => ({ action: 'sendmessage', text })));
  progress(`opening ${connections} connections`);
  await Promise.all(rooms.map((room, index) => room.open(share(connections, rooms.length, index))));
  // Once around, so that one-time allocations exist before the first tenth begins.
  progress('warming up');
  const turn = async () => {
    await change(workshop, /Duration\.seconds\(\d+\)/, 'Duration.seconds(29)');
    await lab(workshop, ['deploy', '01']);
  };
  const first = Math.min(warmUp, messages);
  const sayFirst = () => Promise.all(rooms.map((room) => room.say(first, lanes)));
  await Promise.all([sayFirst(), ...(deployments > 0 ? [turn()] : [])]);
  await sayFirst();
  const usages: Usage[] = [];
  let [heard, deployed] = [0, 0];
  const ended = new AbortController();

  async function measure(): Promise<void> {
    while (!ended.signal.aborted) {
      const usage = await usageOf(pid);
      usages.push(usage);
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
    const saying = rooms.map((room, index) =>
      room.say(share(messages, rooms.length, index), lanes, () => {
        heard += 1;
      }),
    );
    await Promise.all([Promise.all(saying).finally(() => ended.abort()), deploy()]);
  } finally {
    ended.abort();
    await measuring;
    await Promise.all(rooms.map((room) => room.close()));
  }
  return { figures: compare(usages), unexpected: rooms.flatMap((room) => room.unexpected) };
}

/** Deploys the first room's template under other names. Returns the addresses. */
async function deployOthers(workshop: Workshop): Promise<string[]> {
  const client = new CloudFormationClient((await runningAccount(workshop.root)).client);
  const { TemplateBody } = await client.send(new GetTemplateCommand({ StackName: 'chat-01-missing-route' }));
  const addresses = others.map(async (StackName) => {
    await client.send(new CreateStackCommand({ StackName, TemplateBody, Capabilities: ['CAPABILITY_IAM'] }));
    await waitUntilStackCreateComplete({ client, minDelay: 1, maxWaitTime: 60 }, { StackName });
    return stackOutput(client, StackName, 'RoomAddress');
  });
  return Promise.all(addresses);
}

/** Returns the part of one of several, so that all parts add up to the total. */
function share(total: number, parts: number, index: number): number {
  return Math.floor((total + index) / parts);
}
