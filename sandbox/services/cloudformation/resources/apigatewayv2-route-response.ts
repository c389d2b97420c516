import { apiPart } from './api-part.ts';

interface Properties {
  readonly ApiId: string;
  readonly RouteId: string;
  readonly RouteResponseKey: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-routeresponse.html */
export const apiGatewayV2RouteResponse = apiPart<Properties>({
  noun: 'RouteResponse',
  idLength: 7,
  parent: 'RouteId',
  properties: { ApiId: 'replace', RouteId: 'replace', RouteResponseKey: 'update' },
  required: ['ApiId', 'RouteId', 'RouteResponseKey'],
});
