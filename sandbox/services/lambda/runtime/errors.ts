import { AwsError } from '../../../calls/errors.ts';

/** Nothing can be invoked anymore. */
export function closing(): AwsError {
  return new AwsError('ServiceException', 'The practice account is closing.', 500, { Type: 'Service' });
}

/**
 * Too many functions are running: more than the function's reserved concurrency, or than the account's
 * (https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html).
 */
export function throttled(limit: 'ReservedFunctionConcurrent' | 'Concurrent'): AwsError {
  return new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429, {
    Type: 'User',
    Reason: `${limit}InvocationLimitExceeded`,
  });
}
