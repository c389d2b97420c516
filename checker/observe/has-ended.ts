import type { Subject } from '../checking/check.ts';
import { describe } from './stack.ts';

/** Whether the account ended while it was looked at: nothing listens at its address any more. Any other answer, or none, tells nothing of that. */
export async function hasEnded({ target, stackName }: Pick<Subject, 'target' | 'stackName'>): Promise<boolean> {
  try {
    await describe(target, stackName);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ECONNREFUSED';
  }
}
