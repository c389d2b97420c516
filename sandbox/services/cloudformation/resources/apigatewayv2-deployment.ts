import { apiPart } from './api-part.ts';

interface Properties {
  readonly ApiId: string;
  readonly Description?: string;
  readonly StageName?: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-deployment.html */
export const apiGatewayV2Deployment = apiPart<Properties>({
  noun: 'Deployment',
  idLength: 6,
  properties: { ApiId: 'replace', Description: 'update', StageName: 'update' },
  required: ['ApiId'],
});
