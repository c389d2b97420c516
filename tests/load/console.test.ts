import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { nonceOf } from '../sandbox/trace/watcher.ts';
import { type BackgroundAccount, startBackgroundAccount } from './background-account.ts';
import { Room } from './room.ts';
import { deploySampleRoom } from './sample-room.ts';
import { usageOf } from './usage.ts';

let account: BackgroundAccount;

beforeAll(async () => {
  account = await startBackgroundAccount();
}, 300_000);

afterAll(() => account.close(), 60_000);

/** Opens the account's event stream and never reads from it. */
async function openUnread(): Promise<IncomingMessage> {
  const headers = await nonceOf({ folder: join(account.workshop.root, '.lab', 'account') });
  const asked = request({ host: '127.0.0.1', port: account.port, path: '/_lab/events', headers }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  response.on('error', () => {});
  onTestFinished(() => void response.destroy());
  return response;
}

describe.skipIf(process.platform === 'win32')('a console that does not read', { timeout: 3_600_000 }, () => {
  it('costs no memory in 10,000 messages, however often it comes back', async () => {
    const room = new Room(await deploySampleRoom(account, 'unread'), (data) => ({ action: 'sendmessage', data }));
    onTestFinished(() => room.close());
    await room.open(2);
    // The events of this many messages are kept anyway.
    await room.say(1000);
    const start = await usageOf(account.pid);
    for (let round = 0; round < 10; round += 1) {
      await openUnread();
      await room.say(1000);
    }
    expect(room.unexpected).toEqual([]);
    await expect
      .poll(async () => (await usageOf(account.pid)).megabytes / start.megabytes, { timeout: 150_000, interval: 1000 })
      .toBeLessThanOrEqual(1.2);
  });
});
