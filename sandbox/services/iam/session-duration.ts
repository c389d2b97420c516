import { AwsError } from '../../calls/errors.ts';

/** The longest session duration of a role, in seconds; undefined if not given. Throws ValidationError. */
export function requireSessionDuration(given: number | undefined): number | undefined {
  if (given === undefined) return undefined;
  const seconds = Number(given);
  if (Number.isInteger(seconds) && seconds >= 3600 && seconds <= 43_200) return seconds;
  const bound = seconds > 43_200 ? 'less than or equal to 43200' : 'greater than or equal to 3600';
  throw new AwsError(
    'ValidationError',
    `1 validation error detected: Value '${given}' at 'maxSessionDuration' failed to satisfy constraint: Member must have value ${bound}`,
  );
}
