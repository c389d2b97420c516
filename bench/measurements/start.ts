import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Workshop } from '../../tests/cli/workshop.ts';
import { floorReady } from '../floor.ts';
import { type Measurement, timeOver } from '../measurement.ts';
import { lab } from '../solved-room.ts';
import { median } from '../statistics.ts';

const runs = 7;

/** The practice account's process, from its start until it serves: a new account, and one with a lab. */
export const measureStart: Measurement = async ({ workshop, progress }) => {
  const [fresh, held]: [number[], number[]] = [[], []];
  progress('a new account');
  for (let run = 0; run < runs; run += 1) {
    await rm(join(workshop.root, '.lab'), { recursive: true, force: true, maxRetries: 5 });
    fresh.push(await startOnce(workshop));
  }
  await lab(workshop, ['deploy', '01']);
  progress('an account with a lab');
  for (let run = 0; run < runs; run += 1) held.push(await startOnce(workshop));
  progress('the floor');
  const floor = await floorReady();
  return [
    timeOver('a new practice account is ready', median(fresh), { floor, most: 2.9 }),
    timeOver('a practice account with a lab is ready', median(held), { floor, most: 2.9 }),
  ];
};

/** Milliseconds from the process's start to its report that it is ready. */
async function startOnce({ root }: Workshop): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, [join(root, 'dist', 'account.cjs'), '0'], {
    cwd: root,
    env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const [report] = (await once(child, 'message')) as [{ readonly type: string }];
  const ready = performance.now() - began;
  child.kill();
  await ended;
  if (report.type !== 'ready') throw new Error(`The practice account did not start: ${JSON.stringify(report)}`);
  return ready;
}
