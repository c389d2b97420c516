import { AwsError } from '../../calls/errors.ts';

/** Throws ValidationError for an invalid session name. */
export function requireSessionName(name: string): void {
  if (/^[\w+=,.@-]{2,64}$/.test(name)) return;
  throw new AwsError(
    'ValidationError',
    `1 validation error detected: Value '${name}' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]* and have length between 2 and 64`,
  );
}

/** The requested session duration in seconds: between 900 and `most`. The query protocol sends a string. */
export function durationOf(given: number | undefined, byDefault: number, most: number): number {
  const seconds = given === undefined ? byDefault : Number(given);
  const problem = seconds > most ? `less than or equal to ${most}` : 'greater than or equal to 900';
  if (Number.isInteger(seconds) && seconds >= 900 && seconds <= most) return seconds;
  throw new AwsError(
    'ValidationError',
    `1 validation error detected: Value '${given}' at 'durationSeconds' failed to satisfy constraint: Member must have value ${problem}`,
  );
}
