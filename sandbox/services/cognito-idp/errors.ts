import { AwsError } from '../../calls/errors.ts';

/** What Cognito answers to an input that it does not take. */
export function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}

/** What Cognito answers where something is not there. */
export function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message);
}

/** An input that breaks the form of one of its members: `Member must satisfy regular expression pattern: …`. */
export function constraint(member: string, value: unknown, problem: string): AwsError {
  const shown = typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value ?? null);
  const name = member.charAt(0).toLowerCase() + member.slice(1);
  const given = value === undefined || value === null ? 'null' : `'${shown}'`;
  return invalidParameter(
    `1 validation error detected: Value ${given} at '${name}' failed to satisfy constraint: ${problem}`,
  );
}
