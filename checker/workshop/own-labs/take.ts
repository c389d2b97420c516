import { resolve } from 'node:path';
import type { Program } from '../../cli/program.ts';
import { labsVariable } from './home.ts';
import { prepareOwnLabs } from './prepare.ts';

/** From now on this command, and every program that it starts, knows the labs of that folder beside the workshop's. */
export async function takeOwnLabs({ root, say }: Program, folder: string): Promise<void> {
  const made = await prepareOwnLabs(root, resolve(folder));
  process.env[labsVariable] = resolve(folder);
  if (made.length > 0) say(`Made in ${folder}, where the CDK looks for it: ${made.join('; ')}.`);
}
