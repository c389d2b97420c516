import { expect, it, onTestFinished } from 'vitest';
import { startTestAccount } from '../../account.ts';
import { connect } from './client.ts';
import { deployApi } from './deployed-api.ts';

const minute = 60_000;

it('closes connections that are silent for ten minutes, and each after two hours', async () => {
  let skipped = 0;
  const account = await startTestAccount({ clock: { now: () => new Date(Date.now() + skipped) } });
  onTestFinished(() => account.close());
  const api = await deployApi(account);
  onTestFinished(api.clean);
  const silent = await connect(api.url);
  const talker = await connect(api.url);
  skipped += 9 * minute;
  talker.say({ action: 'echo', answer: { statusCode: 200, body: 'hello' } });
  await talker.next();
  skipped += 2 * minute;
  expect(await silent.closed).toEqual({ code: 1001, reason: 'Going away' });
  const [left] = await api.events(({ requestContext }) => requestContext.eventType === 'DISCONNECT');
  expect(left?.requestContext).toMatchObject({ disconnectStatusCode: 1001, disconnectReason: 'Going away' });
  for (let passed = 0; passed < 12; passed += 1) {
    expect(talker.socket.readyState).toBe(talker.socket.OPEN);
    talker.say({ action: 'echo', answer: { statusCode: 200, body: 'hello' } });
    await talker.next();
    skipped += 9 * minute + 30_000;
  }
  expect(await talker.closed).toEqual({ code: 1001, reason: 'Going away' });
});

it('closes every connection with 1001 when the account stops, and runs $disconnect for each', async () => {
  const account = await startTestAccount();
  onTestFinished(() => account.close());
  const api = await deployApi(account);
  onTestFinished(api.clean);
  const guests = [await connect(api.url), await connect(api.url), await connect(api.url)];
  await account.close();
  for (const guest of guests) expect(await guest.closed).toEqual({ code: 1001, reason: 'Going away' });
  const left = await api.events(({ requestContext }) => requestContext.eventType === 'DISCONNECT', 3);
  expect(left).toHaveLength(3);
  expect(account.said).toEqual([]);
});
