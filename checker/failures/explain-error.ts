import { exitCode, LabError } from './errors.ts';
import { explainFailure, isFromAccount } from './failure.ts';
import type { FailedAt } from './failure-kind.ts';
import { fileFailure } from './file-failure.ts';
import { missingPackage } from './missing-packages.ts';

/** An error in words. */
export interface ExplainedError {
  /** The error, then the next step, in one or more sentences each. */
  readonly lines: readonly string[];
  /** The exit code of a command that ends with it. */
  readonly exitCode: number;
  /** Whether it is a bug in the workshop: then the lines hold a stack trace. */
  readonly isFault: boolean;
}

/**
 * Explains any error in lines, for the command line and for watching. A known one says what happened and what to do, a
 * failed call says why it failed, and any other shows its stack. `target` is the account that was called.
 */
export function explainError(
  error: unknown,
  { root, target }: { readonly root: string; readonly target: FailedAt },
): ExplainedError {
  const known = error instanceof LabError ? error : (fileFailure(error) ?? missingPackage(root, String(error)));
  if (known !== undefined) return explained([known.message, known.next], known.exitCode);
  if (isFromAccount(error)) {
    const { reason, next } = explainFailure(error, target);
    return explained([reason, next]);
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { lines: stack.split('\n'), exitCode: exitCode.couldNotCheck, isFault: true };
}

function explained(lines: readonly string[], code: number = exitCode.couldNotCheck): ExplainedError {
  return { lines: lines.filter((line) => line !== ''), exitCode: code, isFault: false };
}
