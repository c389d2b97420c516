import { AwsError } from '../calls/errors.ts';
import type { HttpRequest, Service } from '../calls/operation.ts';
import { fittingRoute } from '../protocols/rest-route.ts';

type Head = Pick<HttpRequest, 'method' | 'path' | 'query' | 'headers'>;

const kilobyte = 1024;
const megabyte = 1024 * kilobyte;

/** The largest body of an unsigned request that needs a signature: enough to see which service rejects it. */
const unsigned = 64 * kilobyte;

/**
 * The largest body of a request that needs no signature. Amazon Cognito documents none, but a single value of
 * `ClientMetadata` can have 131,072 characters, and users can have up to 50 custom attributes with 2,048 each
 * (https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignUp.html).
 */
const open = megabyte;

/** Larger JSON exceeds anything that operations without their own limit accept. */
const usual = 4 * megabyte;

/** The largest body of Lambda's operations, if it isn't the default. */
const lambdaOperations: Readonly<Record<string, number>> = {
  // "Request must be smaller than 70167211 bytes for the CreateFunction operation", AWS says.
  CreateFunction: 70_167_211,
  UpdateFunctionCode: 70_167_211,
  // A payload that is too large by less gets a specific error with its size.
  Invoke: 8 * megabyte,
};

/**
 * The largest body that a service accepts, in bytes, if it isn't the default. DynamoDB:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Limits.html. Query APIs accept forms of 1 MB.
 */
const services: Readonly<Record<string, (head: Head, service: Service) => number>> = {
  dynamodb: () => 16 * megabyte,
  cloudformation: () => megabyte,
  iam: () => megabyte,
  sts: () => megabyte,
  lambda: (head, service) => lambdaOperations[fittingRoute(head, service)?.operation ?? ''] ?? usual,
  s3: (head) => (isOfBytes(head) ? 70 * megabyte : 2 * megabyte),
};

/** Returns the largest body that AWS reads for such a request: larger ones are rejected before they are parsed. */
export function largestBody(head: Head, service: Service | undefined, isSigned: boolean): number {
  const largest = service === undefined ? usual : (services[service.name]?.(head, service) ?? usual);
  if (isSigned) return largest;
  return Math.min(largest, service?.callableByPages ? open : unsigned);
}

/** Returns the service's error for a larger body. */
export function tooLarge(head: Head, service: Service | undefined): AwsError {
  switch (service?.name) {
    case 's3':
      return isOfBytes(head)
        ? new AwsError('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size')
        : new AwsError('MaxMessageLengthExceeded', 'Your request was too large.');
    case 'sts':
    case 'iam':
    case 'cloudformation':
      return new AwsError('RequestEntityTooLarge', 'The request is larger than the maximum allowed size', 413);
    case 'dynamodb':
    case 'logs':
    case 'ssm':
    case 'cognito-idp':
      return new AwsError('SerializationException', 'The request is larger than the maximum allowed size', 413);
    default:
      return new AwsError('RequestEntityTooLargeException', 'The request is larger than the maximum allowed size', 413);
  }
}

/** Whether S3 gets the bytes of an object or a part; other bodies are XML. */
function isOfBytes({ method, path, query }: Head): boolean {
  const hasKey = path.split('/').filter((step) => step !== '').length > 1;
  return method === 'PUT' && hasKey && (query.size === 0 || query.has('partNumber') || query.has('x-id'));
}
