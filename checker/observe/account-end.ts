import type { Subject } from '../checking/check.ts';
import { LabError } from '../failures/errors.ts';
import { explainFailure } from '../failures/failure.ts';
import type { Failure } from '../failures/failure-kind.ts';
import { describe, stateOf } from './stack.ts';

/** Why nothing that was seen in the account counts. */
export type End =
  /** The account ended, or the stack was deleted. */
  | { readonly gone: 'account' | 'stack' }
  /** The account became unable to write, so what failed may have failed because of it. */
  | { readonly unusable: Failure }
  /** The stack is being changed. */
  | { readonly changing: Failure };

/**
 * Returns what became of the account and the stack during the check; undefined if they are as before. Any other answer,
 * or none, doesn't show anything.
 */
export async function observeEnd({
  target,
  stack: before,
  stackName,
}: Pick<Subject, 'target' | 'stack' | 'stackName'>): Promise<End | undefined> {
  try {
    const stack = await describe(target, stackName);
    return before.deployed && !stateOf(stack, stackName).deployed ? { gone: 'stack' } : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED') return { gone: 'account' };
    const failure = explainFailure(error, target);
    if (failure.unusable === true) return { unusable: failure };
    return before.deployed && error instanceof LabError ? { changing: failure } : undefined;
  }
}
