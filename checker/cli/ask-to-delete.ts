import { InterruptedError, UsageError } from '../failures/errors.ts';
import { wrapping } from '../report/wrap.ts';
import { pressYes } from '../watch/press-key.ts';
import type { Program } from './program.ts';

/** Throws a UsageError if nobody can be asked whether to delete something. `command` deletes it without asking. */
export function requireTerminal({ takesKeys }: Pick<Program, 'takesKeys'>, command: string): void {
  if (takesKeys) return;
  throw new UsageError(
    'There is no terminal to ask in. Nothing was deleted.',
    `\`${command}\` deletes without asking.`,
  );
}

/** Asks the person at the terminal whether to delete something. Throws an InterruptedError if the answer is no. */
export async function askToDelete({ print, say, signal }: Program, question: string): Promise<void> {
  wrapping(print, process.stdout)(question);
  say('Press y to delete, any other key to cancel.');
  if (!(await pressYes(signal))) throw new InterruptedError('Nothing was deleted.');
}
