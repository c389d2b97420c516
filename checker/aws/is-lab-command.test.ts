import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test, vi } from 'vitest';
import { isLabCommand } from './is-lab-command.ts';

/** Starts a process with these arguments, of which the last says what it is. */
async function start(...args: string[]): Promise<number> {
  const child = spawn(process.execPath, ['-e', "console.log('here'); setInterval(() => {}, 1000)", ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  // Until it runs, the system may not know its command line yet.
  await once(child.stdout, 'data');
  return child.pid ?? 0;
}

test('a process is a lab command if it runs its program', async () => {
  expect(await isLabCommand('/workshop', await start('checker/launch/lab.mjs'), false)).toBe(true);
  expect(await isLabCommand('/workshop', await start('/workshop/dist/account.cjs'), false)).toBe(true);
  expect(await isLabCommand('/workshop', await start('/elsewhere/dist/account.cjs'), true)).toBe(false);
});

test('however narrow the terminal is', async () => {
  vi.stubEnv('COLUMNS', '40');
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(await isLabCommand('/workshop', await start('checker/launch/lab.mjs'), false)).toBe(true);
});
