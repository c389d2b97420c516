import { AwsError } from '../../calls/errors.ts';

/** CloudFormation's single error for invalid requests, templates and stack states. */
export class ValidationError extends AwsError {
  constructor(message: string) {
    super('ValidationError', message, 400);
  }
}
