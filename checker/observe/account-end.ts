import type { Subject } from '../checking/check.ts';
import { explainFailure } from '../failures/failure.ts';
import type { Failure } from '../failures/failure-kind.ts';
import { describe } from './stack.ts';

/**
 * Returns why nothing that was seen in the account counts, if it ended or became unable to write during the check: then
 * the room failed because of it. Any other answer, or none, doesn't show that.
 */
export async function observeEnd({
  target,
  stackName,
}: Pick<Subject, 'target' | 'stackName'>): Promise<Failure | 'ended' | undefined> {
  try {
    await describe(target, stackName);
    return undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED') return 'ended';
    const failure = explainFailure(error, target);
    return failure.unusable === true ? failure : undefined;
  }
}
