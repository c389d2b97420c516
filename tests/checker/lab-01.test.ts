import { expect, test } from 'vitest';
import { checkLab } from '../../checker/checking/check-lab.ts';
import { fingerprint, recordDeployed } from '../../checker/workshop/sources.ts';
import { resultOf, statuses, testLab } from './learned-lab.ts';

// Lab 1 as a learner goes through it, in one account: nothing deployed, its start, repaired in the file, its solution.

const room = await testLab('01');
const [start, solution] = await Promise.all([room.layOut('start'), room.layOut('solution')]);

test('nothing is deployed: says so, and nothing else', async () => {
  const verdict = await room.check(start);
  expect(verdict).toMatchObject({ status: 'not deployed', remark: 'There is no stack chat-01-missing-route.' });
  expect(statuses(verdict)).toEqual(['failed', 'blocked', 'blocked', 'blocked']);
});

test('the start fails as declared, with the line to look at', async () => {
  await room.deploy(start);
  const verdict = await room.check(start);
  expect(verdict.status).toBe('not fixed');
  expect(verdict.checks.filter(({ status }) => status === 'failed').map(({ id }) => id)).toEqual(room.failsAtStart);
  const route = resultOf(verdict, 'route-sendmessage');
  expect(route).toMatchObject({
    actual: expect.stringContaining('has no route sendmessage'),
    place: { file: `labs/${room.lab.id}/stack.ts`, construct: `chat-${room.lab.id}/Api` },
  });
  const evidence = route.status === 'failed' ? route.evidence.flatMap(({ lines }) => lines) : [];
  expect(evidence).toContain('$connect → the function Connect');
  expect(evidence.join('\n')).toMatch(/\+\d+ ms {2}Ada → \{"action":"sendmessage"/);
  expect(await room.rows()).toBe(0);
}, 120_000);

test('repaired in the file, but not deployed: says so', async () => {
  await recordDeployed(solution, room.lab.id, room.target, fingerprint(room.folderOf(start)));
  expect((await room.check(solution)).status).toBe('not deployed yet');
});

test('the solution passes, and the checker leaves nothing behind', async () => {
  await room.deploy(solution);
  const before = await room.stackResources();
  const verdict = await room.check(solution);
  expect(verdict).toMatchObject({ status: 'fixed', room: expect.stringMatching(/^ws:/) });
  expect(statuses(verdict)).toEqual(['passed', 'passed', 'passed', 'passed']);
  expect(await room.rows()).toBe(0);
  expect(await room.stackResources()).toEqual(before);
}, 120_000);

test('an interruption ends it, and leaves nothing behind either', async () => {
  const interruption = new AbortController();
  const verdict = checkLab({
    root: solution,
    lab: room.lab,
    target: room.target,
    labFolder: room.folderOf(solution),
    signal: interruption.signal,
    onProgress: ({ kind }) => {
      if (kind === 'ended') setTimeout(() => interruption.abort(), 20);
    },
  });
  await expect(verdict).rejects.toThrow();
  // If a visitor is just connecting at that moment, the room lets them in and out on its own schedule.
  await expect.poll(() => room.rows(), { timeout: 10_000 }).toBe(0);
});
