import type { Authorizer, CreateAuthorizerRequest, UpdateAuthorizerRequest } from '@aws-sdk/client-apigatewayv2';
import { readIdentitySource } from '../execute-api/identity-source.ts';
import { functionOf, isRoleArn } from './arn.ts';
import { BadRequestException } from './errors.ts';
import { honour } from './honour.ts';
import type { AuthorizerRecord } from './records.ts';

/** An authorizer as operations return it. */
export function authorizerView({ ApiId: _, IdentitySource, ...record }: AuthorizerRecord): Authorizer {
  return { ...record, AuthorizerType: 'REQUEST', IdentitySource: [...IdentitySource] };
}

/** Rejects unsupported properties of an authorizer: most of them belong to HTTP APIs, on AWS, too. */
export function honourAuthorizer(operation: string, input: CreateAuthorizerRequest | UpdateAuthorizerRequest): void {
  if (input.AuthorizerType !== undefined && input.AuthorizerType !== 'REQUEST') {
    throw new BadRequestException(`Authorizer type ${input.AuthorizerType} is not supported for WEBSOCKET APIs`);
  }
  honour(operation, input, {
    AuthorizerPayloadFormatVersion: [],
    AuthorizerResultTtlInSeconds: [0],
    EnableSimpleResponses: [false],
    IdentityValidationExpression: [],
    JwtConfiguration: [],
  });
}

/** Throws API Gateway's error if an authorizer would be invalid. */
export function checkAuthorizer({ AuthorizerUri, AuthorizerCredentialsArn, IdentitySource }: AuthorizerRecord): void {
  if (functionOf(AuthorizerUri) === undefined) {
    throw new BadRequestException(
      `Authorizer function URI should be specified for REQUEST authorizer: ${AuthorizerUri}`,
    );
  }
  if (AuthorizerCredentialsArn !== undefined && !isRoleArn(AuthorizerCredentialsArn)) {
    throw new BadRequestException('Invalid ARN specified in the request');
  }
  for (const source of IdentitySource) {
    if (readIdentitySource(source) === undefined) {
      throw new BadRequestException(`Invalid identity source specified: ${source}`);
    }
  }
}
