import type { Program } from '../cli/program.ts';
import { InterruptedError, UsageError } from '../failures/errors.ts';
import { count } from '../report/words.ts';
import { pressEnter } from '../watch/press-key.ts';
import { oneLine } from './one-line.ts';
import type { Learner } from './roster.ts';

/**
 * Says that grading folders runs their code on this machine, and waits for Enter unless `isAgreed`. Throws a UsageError
 * if nobody agreed and there is no terminal, and an InterruptedError on Ctrl-C.
 */
export async function requireConsent(
  { say, signal, takesKeys }: Pick<Program, 'say' | 'signal' | 'takesKeys'>,
  learners: readonly Learner[],
  isAgreed: boolean,
): Promise<void> {
  const folders = learners.filter((learner) => 'folder' in learner);
  if (folders.length === 0) return;
  const what = `Grading ${count(folders.length, 'folder')} runs the functions deployed there on this machine, as your user:`;
  const warning = `${what} ${folders.map(({ name }) => oneLine(name)).join(', ')}.`;
  const advice = 'To protect your files from their code, grade in a container or as a separate user.';
  if (!isAgreed && !takesKeys) {
    throw new UsageError(`${warning} Nothing was graded.`, `${advice} Pass --yes to grade without being asked.`);
  }
  say(warning);
  say(advice);
  if (isAgreed) return;
  say('Press Enter to grade, Ctrl-C to cancel.');
  await pressEnter(signal);
  if (signal.aborted) throw new InterruptedError('Nothing was graded.');
}
