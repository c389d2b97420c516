import { AwsError } from '../../calls/errors.ts';

/** CloudFormation's one error for everything that is wrong with a request, a template or a stack's state. */
export class ValidationError extends AwsError {
  constructor(message: string) {
    super('ValidationError', message, 400);
  }
}
