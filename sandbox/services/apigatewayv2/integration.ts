import type { CreateIntegrationRequest, Integration, UpdateIntegrationRequest } from '@aws-sdk/client-apigatewayv2';
import { UnsupportedError } from '../../calls/errors.ts';
import { mockStatus } from '../execute-api/mock.ts';
import { functionOf, isRoleArn } from './arn.ts';
import { BadRequestException } from './errors.ts';
import { honour } from './honour.ts';
import type { IntegrationRecord } from './records.ts';

/** An integration as operations return it. */
export function integrationView({ ApiId: _, ...record }: IntegrationRecord): Integration {
  return {
    ConnectionType: 'INTERNET',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: API Gateway's own expression, not a template string.
    IntegrationResponseSelectionExpression: '${integration.response.statuscode}',
    PassthroughBehavior: 'WHEN_NO_MATCH',
    PayloadFormatVersion: '1.0',
    ...record,
    RequestTemplates: record.RequestTemplates && { ...record.RequestTemplates },
  };
}

/** Rejects unsupported properties of an integration, at creation or later. */
export function honourIntegration(
  operation: string,
  input: CreateIntegrationRequest | UpdateIntegrationRequest,
): IntegrationRecord['IntegrationType'] | undefined {
  honour(operation, input, {
    ConnectionId: [],
    ConnectionType: ['INTERNET'],
    ContentHandlingStrategy: [],
    IntegrationMethod: ['POST'],
    IntegrationSubtype: [],
    PassthroughBehavior: ['WHEN_NO_MATCH'],
    PayloadFormatVersion: ['1.0'],
    RequestParameters: [],
    ResponseParameters: [],
    TlsConfig: [],
  });
  const type = input.IntegrationType;
  if (type === undefined || type === 'AWS_PROXY' || type === 'MOCK') return type;
  throw new UnsupportedError(`API Gateway integrations of type ${type}`);
}

/** Throws API Gateway's error if an integration would be invalid. */
export function checkIntegration(record: IntegrationRecord): void {
  const { CredentialsArn, TimeoutInMillis } = record;
  if (!Number.isInteger(TimeoutInMillis) || TimeoutInMillis < 50 || TimeoutInMillis > 29_000) {
    throw new BadRequestException('Timeout should be between 50 ms and 29000 ms');
  }
  if (CredentialsArn !== undefined && !isRoleArn(CredentialsArn)) {
    throw CredentialsArn.endsWith(':user/*')
      ? new UnsupportedError("the property CredentialsArn with the caller's own credentials")
      : new BadRequestException('Invalid ARN specified in the request');
  }
  if (record.IntegrationType === 'MOCK') checkMock(record);
  else checkProxy(record);
}

function checkProxy({ IntegrationUri, RequestTemplates, TemplateSelectionExpression }: IntegrationRecord): void {
  if (IntegrationUri === undefined) {
    throw new BadRequestException('IntegrationUri is required for integration type AWS_PROXY');
  }
  if (functionOf(IntegrationUri) === undefined) throw new BadRequestException('Invalid integration URI specified');
  honour(
    'AWS_PROXY integration',
    { RequestTemplates, TemplateSelectionExpression },
    {
      RequestTemplates: [],
      TemplateSelectionExpression: [],
    },
  );
}

function checkMock(record: IntegrationRecord): void {
  honour('MOCK integration', record, { IntegrationUri: [], CredentialsArn: [] });
  if (mockStatus(record) === undefined) {
    throw new UnsupportedError(
      'the property RequestTemplates of a MOCK integration, except for a plain {"statusCode": 200} under the key of its template selection expression, by default `$default`',
    );
  }
}
