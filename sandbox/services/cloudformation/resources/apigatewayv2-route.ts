import { apiPart } from './api-part.ts';

interface Properties {
  readonly ApiId: string;
  readonly RouteKey: string;
  readonly ApiKeyRequired?: boolean;
  readonly AuthorizationType?: string;
  readonly AuthorizerId?: string;
  readonly OperationName?: string;
  readonly RouteResponseSelectionExpression?: string;
  readonly Target?: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-route.html */
export const apiGatewayV2Route = apiPart<Properties>({
  noun: 'Route',
  idLength: 7,
  properties: {
    ApiId: 'replace',
    RouteKey: 'update',
    ApiKeyRequired: 'update',
    AuthorizationType: 'update',
    AuthorizerId: 'update',
    OperationName: 'update',
    RouteResponseSelectionExpression: 'update',
    Target: 'update',
  },
  required: ['ApiId', 'RouteKey'],
  booleans: ['ApiKeyRequired'],
  defaults: { ApiKeyRequired: false, AuthorizationType: 'NONE' },
});
