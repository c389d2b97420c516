import { AwsError } from '../../calls/errors.ts';

/** Cognito's error for an invalid input. */
export function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}

/** Cognito's error for something that doesn't exist. */
export function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message);
}

/** An input with an invalid member: `Member must satisfy regular expression pattern: …`. */
export function constraint(member: string, value: unknown, problem: string): AwsError {
  const shown = typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value ?? null);
  const name = member.charAt(0).toLowerCase() + member.slice(1);
  const given = value === undefined || value === null ? 'null' : `'${shown}'`;
  return invalidParameter(
    `1 validation error detected: Value ${given} at '${name}' failed to satisfy constraint: ${problem}`,
  );
}
