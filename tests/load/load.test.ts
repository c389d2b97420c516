import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type BackgroundAccount, startBackgroundAccount } from './background-account.ts';
import { Room } from './room.ts';
import { deploySampleRoom } from './sample-room.ts';
import { type Usage, usageOf } from './usage.ts';

/** How long idle connections are kept and idle memory takes to be released, with a margin for a busy machine. */
const settling = 150_000;

let account: BackgroundAccount;

beforeAll(async () => {
  account = await startBackgroundAccount();
}, 300_000);

afterAll(() => account.close(), 60_000);

/** Opens a separate room for a test, with people in it. */
async function openRoom(name: string, connections: number): Promise<Room> {
  const room = new Room(await deploySampleRoom(account, name), (data) => ({ action: 'sendmessage', data }));
  onTestFinished(() => room.close());
  await room.open(connections);
  return room;
}

/** Waits until the account uses at most a fifth more than `start`, and fails with the usage if that never happens. */
async function returnsTo(start: Usage): Promise<void> {
  await expect
    .poll(
      async () => {
        const { megabytes, descriptors = 0 } = await usageOf(account.pid);
        return { memory: megabytes / start.megabytes, descriptors: descriptors / (start.descriptors ?? 1) };
      },
      { timeout: settling, interval: 1000 },
    )
    .toSatisfy(({ memory, descriptors }) => memory <= 1.2 && descriptors <= 1.2);
}

describe.skipIf(process.platform === 'win32')('under load', { timeout: 3_600_000 }, () => {
  it('serves 20,000 messages of functions that create clients for each, and uses no more memory afterward', async () => {
    const room = await openRoom('sample', 2);
    await room.say(200);
    const start = await usageOf(account.pid);
    await room.say(20_000);
    expect(room.unexpected).toEqual([]);
    await returnsTo(start);
  });

  it.each([
    [400, 40],
    [1000, 12],
  ])('delivers every message to %i people in one room', async (people, messages) => {
    const room = await openRoom(`room-of-${people}`, people);
    await room.say(4, 4);
    const start = await usageOf(account.pid);
    await room.say(messages, 4);
    expect(room.unexpected).toEqual([]);
    await returnsTo(start);
  });

  it('serves four rooms at once', async () => {
    const rooms: Room[] = [];
    for (const name of ['first', 'second', 'third', 'fourth']) rooms.push(await openRoom(name, 50));
    await Promise.all(rooms.map((room) => room.say(5)));
    const start = await usageOf(account.pid);
    await Promise.all(rooms.map((room) => room.say(100)));
    expect(rooms.flatMap(({ unexpected }) => unexpected)).toEqual([]);
    await returnsTo(start);
  });
});
