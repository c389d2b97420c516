import type { Evidence, Subject } from '../checking/check.ts';
import { callsItsParameter } from './calls-its-parameter.ts';
import { observeLog } from './log.ts';
import { type Bundled, namesBundle, ownLines } from './own-lines.ts';
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
  if (log === undefined) return undefined;
  const inOwn = log.lines.some(namesBundle) ? await ownLines(subject, functionName) : undefined;
  const isInnocent = (frame: string) => callsItsParameter(subject.root, frame);
  return { ...log, lines: log.lines.flatMap((line) => thrown(line, inOwn, isInnocent)) };
}
