import type { Evidence } from '../checking/check.ts';
import { errorIn, isOfStack } from '../observe/thrown.ts';
import { isCrash } from '../probe/frames.ts';

/** The last error in a function's log. */
export interface Failure {
  /** The line of the log with the error. */
  readonly line: string;
  /** The error: `TypeError: …`. */
  readonly error: string;
  /** A sentence. */
  readonly inWords: string;
  /** Whether the stack can be at fault: it lacks a permission, a table or a variable. */
  readonly isOfStack: boolean;
}

/** Returns how the function failed that sent somebody this error, as its log has it; undefined if no log shows that. */
export function failureIn(told: { readonly text: string } | undefined, log: readonly Evidence[]): Failure | undefined {
  return isCrash(told?.text) ? lastFailure(log) : undefined;
}

/** Returns the last error in a function's log; undefined if that has none. */
export function lastFailure(log: readonly Evidence[]): Failure | undefined {
  const line = log
    .flatMap(({ source, lines }) => (source === 'log' ? lines : []))
    .findLast((each) => errorIn(each) !== undefined);
  const error = line === undefined ? undefined : errorIn(line);
  if (line === undefined || error === undefined) return undefined;
  const [, action] = /is not authorized to perform: (\S+)/.exec(error) ?? [];
  const inWords =
    action === undefined
      ? `The function failed with ${error.replace(/\.$/, '')}.`
      : `The function isn't allowed ${action}.`;
  return { line, error, inWords, isOfStack: isOfStack(error) };
}
