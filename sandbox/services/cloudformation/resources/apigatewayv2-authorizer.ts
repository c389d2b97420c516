import { apiPart } from './api-part.ts';

interface Properties {
  readonly ApiId: string;
  readonly AuthorizerType: string;
  readonly Name: string;
  readonly AuthorizerCredentialsArn?: string;
  /** Seconds. */
  readonly AuthorizerResultTtlInSeconds?: number;
  readonly AuthorizerUri?: string;
  readonly IdentitySource?: readonly string[];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-authorizer.html */
export const apiGatewayV2Authorizer = apiPart<Properties>({
  noun: 'Authorizer',
  idLength: 6,
  properties: {
    ApiId: 'replace',
    AuthorizerType: 'update',
    Name: 'update',
    AuthorizerCredentialsArn: 'update',
    AuthorizerResultTtlInSeconds: 'update',
    AuthorizerUri: 'update',
    IdentitySource: 'update',
  },
  required: ['ApiId', 'AuthorizerType', 'Name'],
  numbers: ['AuthorizerResultTtlInSeconds'],
  defaults: { AuthorizerResultTtlInSeconds: 0, IdentitySource: [] },
});
