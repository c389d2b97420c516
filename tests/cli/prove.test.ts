import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { labs } from '../../checker/workshop/labs.ts';
import { layOutWorkshop, type Workshop } from './workshop.ts';

// `lab prove` works in accounts of its own, and none of them is left over.

let temporary: string;
let workshop: Workshop;
const accounts = async () => (await readdir(temporary)).filter((name) => name.startsWith('websocket-lab-account-'));

beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'websocket-lab-proofs-'));
  workshop = await layOutWorkshop({ TMPDIR: temporary, TEMP: temporary });
});
afterAll(async () => {
  await workshop.remove();
  await rm(temporary, { recursive: true, force: true });
});

it('deletes its accounts at its end', async () => {
  const { stdout } = await workshop.lab('prove', '01', '--only', 'start');
  expect(stdout).toMatch(/✓ start +fails route-sendmessage/);
  expect(await accounts()).toEqual([]);
});

it('takes all labs and the solution of the game day, unless something is named', async () => {
  const { code, stderr } = await workshop.lab('prove', '--only', 'nowhere');
  expect(code).toBe(2);
  const names = stderr.split('\n').map((line) => line.trim());
  expect(names.filter((name) => name === 'solution')).toHaveLength(labs.length + 1);
  expect(names.filter((name) => name.startsWith('alone/'))).toEqual([]);
  const named = await workshop.lab('prove', 'gameday', '--only', 'nowhere');
  expect(named.stderr).toContain('alone/');
});

// On Windows, a signal ends a process at once.
it.skipIf(process.platform === 'win32').each([
  ['SIGINT', 130],
  ['SIGKILL', null],
] as const)('deletes its accounts after %s', async (signal, code) => {
  const proof = workshop.start('prove', '01', '--only', 'repairs');
  await expect.poll(accounts, { timeout: 30_000 }).not.toEqual([]);
  proof.child.kill(signal);
  expect((await proof.ended).code).toBe(code);
  await expect.poll(accounts, { timeout: 30_000 }).toEqual([]);
});
