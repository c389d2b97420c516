import type { Perform } from '../../../calls/context.ts';
import { AwsError, UnsupportedError } from '../../../calls/errors.ts';
import type { Ids } from '../../../calls/ids.ts';

/** An error of a service that a resource's handler called. */
class ServiceError extends AwsError {
  readonly service: string;

  constructor(service: string, { code, message, status, details }: AwsError) {
    super(code, message, status, details);
    this.service = service;
  }
}

/** A `perform` whose errors name the service they come from. */
export function naming(perform: Perform): Perform {
  return (async (service, operation, input, options) => {
    try {
      return await perform(service, operation, input, options);
    } catch (error) {
      if (error instanceof AwsError && !(error instanceof UnsupportedError)) throw new ServiceError(service, error);
      throw error;
    }
  }) as Perform;
}

/** Why a resource couldn't be created, in CloudFormation's words. */
export function reasonOf(error: unknown, ids: Pick<Ids, 'uuid'>): string {
  if (error instanceof ServiceError) {
    const { message, service, status, code } = error;
    return `Resource handler returned message: "${message} (Service: ${title(service)}, Status Code: ${status}, Request ID: ${ids.uuid()})" (RequestToken: ${ids.uuid()}, HandlerErrorCode: ${handlerCode(code)})`;
  }
  if (error instanceof AwsError) return error.message;
  return `Internal Failure: ${error instanceof Error ? error.message : String(error)}`;
}

/** Whether the resource already existed and belongs to somebody else, so a rollback must not touch it. */
export function isTaken(error: unknown): boolean {
  return error instanceof AwsError && /AlreadyExists|AlreadyOwned|ResourceInUse|Conflict/.test(error.code);
}

/** https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-test-contract-errors.html */
function handlerCode(code: string): string {
  if (/AlreadyExists|AlreadyOwned|Conflict/.test(code)) return 'AlreadyExists';
  if (/NotFound|NoSuch/.test(code)) return 'NotFound';
  if (/AccessDenied|Unauthorized|Forbidden/.test(code)) return 'AccessDenied';
  if (/Throttl|TooManyRequests/.test(code)) return 'Throttling';
  if (/LimitExceeded|Quota/.test(code)) return 'ServiceLimitExceeded';
  if (/Invalid|Validation|BadRequest|Malformed/.test(code)) return 'InvalidRequest';
  return 'GeneralServiceException';
}

/** The services' names in the SDK for Java, in which AWS's handlers are written. */
function title(service: string): string {
  const titles: Readonly<Record<string, string>> = {
    apigateway: 'ApiGatewayV2',
    dynamodb: 'DynamoDb',
    iam: 'Iam',
    lambda: 'Lambda',
    logs: 'CloudWatchLogs',
    s3: 'S3',
    ssm: 'Ssm',
  };
  return titles[service] ?? service;
}
