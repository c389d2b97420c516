import { AwsError } from '../../calls/errors.ts';

/** CloudFormation's single error for invalid requests, templates and stack states. */
export class ValidationError extends AwsError {
  constructor(message: string) {
    super('ValidationError', message, 400);
  }
}

/** Throws a ValidationError if a list of the request has something else than the members that it may have. */
export function requireMembers(parameter: string, given: readonly string[], known: readonly string[]): void {
  if (given.every((member) => known.includes(member))) return;
  throw new ValidationError(
    `1 validation error detected: Value '[${given.join(', ')}]' at '${parameter}' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [${known.join(', ')}]]`,
  );
}
