import { apiPart } from './api-part.ts';

interface Properties {
  readonly ApiId: string;
  readonly IntegrationId: string;
  readonly IntegrationResponseKey: string;
  readonly ResponseTemplates?: Readonly<Record<string, string>>;
  readonly TemplateSelectionExpression?: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-integrationresponse.html */
export const apiGatewayV2IntegrationResponse = apiPart<Properties>({
  noun: 'IntegrationResponse',
  idLength: 7,
  parent: 'IntegrationId',
  properties: {
    ApiId: 'replace',
    IntegrationId: 'replace',
    IntegrationResponseKey: 'update',
    ResponseTemplates: 'update',
    TemplateSelectionExpression: 'update',
  },
  required: ['ApiId', 'IntegrationId', 'IntegrationResponseKey'],
  defaults: { ResponseTemplates: {} },
});
