import { apiPart } from './api-part.ts';

interface Properties {
  readonly ApiId: string;
  readonly IntegrationType: string;
  readonly ConnectionType?: string;
  readonly CredentialsArn?: string;
  readonly Description?: string;
  readonly IntegrationMethod?: string;
  readonly IntegrationUri?: string;
  readonly PassthroughBehavior?: string;
  readonly PayloadFormatVersion?: string;
  readonly RequestTemplates?: Readonly<Record<string, string>>;
  readonly TemplateSelectionExpression?: string;
  /** Milliseconds. */
  readonly TimeoutInMillis?: number;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-integration.html */
export const apiGatewayV2Integration = apiPart<Properties>({
  noun: 'Integration',
  idLength: 7,
  properties: {
    ApiId: 'replace',
    IntegrationType: 'update',
    ConnectionType: 'update',
    CredentialsArn: 'update',
    Description: 'update',
    IntegrationMethod: 'update',
    IntegrationUri: 'update',
    PassthroughBehavior: 'update',
    PayloadFormatVersion: 'update',
    RequestTemplates: 'update',
    TemplateSelectionExpression: 'update',
    TimeoutInMillis: 'update',
  },
  required: ['ApiId', 'IntegrationType'],
  numbers: ['TimeoutInMillis'],
  defaults: { RequestTemplates: {}, TimeoutInMillis: 29_000 },
});
