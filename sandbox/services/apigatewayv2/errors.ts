import { AwsError } from '../../calls/errors.ts';

// The errors of API Gateway v2 (https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html).

export class BadRequestException extends AwsError {
  constructor(message: string) {
    super('BadRequestException', message, 400);
  }
}

export class NotFoundException extends AwsError {
  constructor(message: string, resourceType: string) {
    super('NotFoundException', message, 404, { ResourceType: resourceType });
  }
}

export class ConflictException extends AwsError {
  constructor(message: string) {
    super('ConflictException', message, 409);
  }
}

/**
 * A quota is exhausted
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html).
 */
export class QuotaException extends AwsError {
  constructor(what: string) {
    const message = `Maximum number of ${what} for this API has been reached. Please contact AWS if you need additional ${what}.`;
    super('TooManyRequestsException', message, 429, { LimitType: what });
  }
}
