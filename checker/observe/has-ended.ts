import type { Subject } from '../checking/check.ts';
import { describe } from './stack.ts';

/**
 * Whether the account ended during the check: nothing listens at its address anymore. Any other answer, or none,
 * doesn't show that.
 */
export async function hasEnded({ target, stackName }: Pick<Subject, 'target' | 'stackName'>): Promise<boolean> {
  try {
    await describe(target, stackName);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ECONNREFUSED';
  }
}
