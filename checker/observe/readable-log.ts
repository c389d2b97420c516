import type { Evidence, Subject } from '../checking/check.ts';
import { observeLog } from './log.ts';
import { type Bundled, inOwnLines } from './own-lines.ts';
import { thrown } from './thrown.ts';

/**
 * Returns what `observeLog` does, with errors as people read them: the message once, and the learner's own lines that
 * the error was thrown in.
 */
export async function observeReadableLog(
  subject: Bundled & Partial<Pick<Subject, 'began'>>,
  functionName: string,
  since?: number,
): Promise<Evidence | undefined> {
  const log = await observeLog(subject, functionName, since);
  return log && inOwnLines(subject, functionName, { ...log, lines: log.lines.flatMap(thrown) });
}
