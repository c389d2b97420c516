import { resolve } from 'node:path';
import type { Program } from '../../cli/program.ts';
import { labsVariable } from './home.ts';
import { prepareOwnLabs } from './prepare.ts';

/**
 * Makes that folder's labs available in addition to the workshop's, for this command and every program that it starts.
 */
export async function takeOwnLabs({ root, say }: Program, folder: string): Promise<void> {
  const made = await prepareOwnLabs(root, resolve(folder));
  process.env[labsVariable] = resolve(folder);
  if (made.length > 0) say(`Created in ${folder}, where the CDK looks for it: ${made.join('; ')}.`);
}
