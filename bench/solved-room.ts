import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ended, Workshop } from '../tests/cli/workshop.ts';
import { runningAccount } from '../tests/load/running-account.ts';

/** Lab 1's file in a copy of the workshop. */
export function stackFile(workshop: Workshop): string {
  return join(workshop.root, 'labs', '01-missing-route', 'stack.ts');
}

/** Runs `lab` and rejects if it doesn't end with one of the codes. */
export async function lab(workshop: Workshop, args: readonly string[], codes: readonly number[] = [0]): Promise<Ended> {
  const ended = await workshop.lab(...args);
  if (ended.code !== null && codes.includes(ended.code)) return ended;
  throw new Error(`lab ${args.join(' ')} ended with ${ended.code}:\n${ended.stdout}${ended.stderr}`);
}

/** Replaces a piece of text in the learner's file; it must exist. */
export async function change(workshop: Workshop, from: string | RegExp, to: string): Promise<void> {
  const text = await readFile(stackFile(workshop), 'utf8');
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`Lab 1's stack doesn't contain ${from}.`);
  await writeFile(stackFile(workshop), changed);
}

/**
 * Starts the practice account and deploys lab 1's solution to it. The stage's limit is raised: otherwise its 50
 * messages a second would be measured. Returns the account's process and the room's address.
 */
export async function deploySolvedRoom(workshop: Workshop): Promise<{ pid: number; address: string }> {
  await lab(workshop, ['reset', '01', '--to', 'solution']);
  await change(workshop, 'rateLimit: 50, burstLimit: 100', 'rateLimit: 10_000, burstLimit: 5_000');
  await lab(workshop, ['sandbox', 'start', '--port', '0']);
  await lab(workshop, ['deploy', '01']);
  const { stdout } = await lab(workshop, ['check', '01', '--json']);
  const { labs } = JSON.parse(stdout) as { labs: Array<{ room?: string }> };
  const address = labs[0]?.room;
  if (address === undefined) throw new Error('The check of lab 1 reported no room address.');
  const { pid } = await runningAccount(workshop.root);
  return { pid, address };
}
