import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
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
