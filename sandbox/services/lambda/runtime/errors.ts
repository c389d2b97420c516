import { AwsError } from '../../../calls/errors.ts';

/** Nothing is invoked any more. */
export function closing(): AwsError {
  return new AwsError('ServiceException', 'The practice account is closing.', 500, { Type: 'Service' });
}

/** The function's reserved concurrency is used up (https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html). */
export function throttled(): AwsError {
  return new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429, {
    Type: 'User',
    Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
  });
}
