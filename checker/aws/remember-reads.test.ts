import { once } from 'node:events';
import { GetRoleCommand, IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { expect, it } from 'vitest';
import { rememberReads } from './remember-reads.ts';
import type { Target } from './target.ts';

/** A target whose client counts calls instead of sending them, and fails if `fails` says so. */
function counting({ spread = 0, fails = () => false }: { spread?: number; fails?: () => boolean } = {}) {
  let sent = 0;
  const client = new IAMClient({ region: 'us-east-1' });
  const iam = async () =>
    Object.assign(client, {
      async send() {
        sent += 1;
        if (fails()) throw new Error('throttled');
        return { sent };
      },
    });
  return { ...rememberReads({ spread, clients: { iam } } as unknown as Target), sent: () => sent };
}

const role = (RoleName: string) => new GetRoleCommand({ RoleName });

it('sends a read once during one look, and again in the next', async () => {
  const { target, during, sent } = counting();
  const client = await target.clients.iam();
  const look = () => Promise.all([client.send(role('one')), client.send(role('one')), client.send(role('two'))]);
  expect(await during(look)).toEqual([{ sent: 1 }, { sent: 1 }, { sent: 2 }]);
  expect(await during(look)).toEqual([{ sent: 3 }, { sent: 3 }, { sent: 4 }]);
  expect(sent()).toBe(4);
});

it.each([
  ['shares what it remembers with looks within it, if changes are visible at once', 0, 1],
  ['reads again in looks within it, if changes take time to spread', 60_000, 4],
])('%s', async (_, spread, calls) => {
  const { target, during, sent } = counting({ spread });
  const client = await target.clients.iam();
  const look = () => during(() => client.send(role('one')));
  await during(async () => {
    await client.send(role('one'));
    await look();
    await look();
    await client.send(role('one'));
  });
  expect(sent()).toBe(calls);
});

it('keeps a look that goes on after its end apart from the next one', async () => {
  const { target, during, sent } = counting({ spread: 60_000 });
  const client = await target.clients.iam();
  const ended = new EventTarget();
  const late = during(async () => {
    await client.send(role('one'));
    await once(ended, 'now');
    await client.send(role('one'));
  });
  await during(async () => {
    await client.send(role('one'));
    ended.dispatchEvent(new Event('now'));
    await late;
    await client.send(role('one'));
  });
  await client.send(role('one'));
  expect(sent()).toBe(3);
});

it('sends every read that belongs to no look', async () => {
  const { target, during, sent } = counting();
  const client = await target.clients.iam();
  await during(() => client.send(role('one')));
  await client.send(role('one'));
  await client.send(role('one'));
  expect(sent()).toBe(3);
});

it('remembers neither errors nor what checks wait for', async () => {
  let fails = true;
  const { target, during, sent } = counting({ fails: () => fails });
  const client = await target.clients.iam();
  await during(async () => {
    await expect(client.send(role('one'))).rejects.toThrow('throttled');
    fails = false;
    expect(await client.send(role('one'))).toEqual({ sent: 2 });
    await client.send(new ListRolesCommand());
    await client.send(new ListRolesCommand());
  });
  expect(sent()).toBe(4);
});

it('its clients are of the same class, which paginators ask for', async () => {
  const { target } = counting();
  const client = await target.clients.iam();
  expect(client).toBeInstanceOf(IAMClient);
  expect(await target.clients.iam()).toBe(client);
});
