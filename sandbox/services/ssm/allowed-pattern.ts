import { runInNewContext } from 'node:vm';
import { AwsError } from '../../calls/errors.ts';

/** How long a pattern can take, in milliseconds: some take forever, and the account has one thread. */
const patience = 100;

/**
 * Throws ParameterPatternMismatchException if a value doesn't match a parameter's allowed pattern, and
 * InvalidAllowedPatternException if the pattern is invalid, or takes too long.
 */
export function checkAllowed(value: string, pattern: string): void {
  let isMatch: unknown;
  try {
    isMatch = runInNewContext('new RegExp(pattern).test(value)', { pattern, value }, { timeout: patience });
  } catch {
    throw new AwsError(
      'InvalidAllowedPatternException',
      `The request doesn't meet the regular expression requirement: ${pattern}`,
    );
  }
  if (isMatch === true) return;
  throw new AwsError(
    'ParameterPatternMismatchException',
    `Parameter value, cannot be validated against allowedPattern: ${pattern}`,
  );
}
