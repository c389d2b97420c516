import type { GetIntegrationResponsesRequest, GetIntegrationResponsesResponse } from '@aws-sdk/client-apigatewayv2';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { integrationResponseView } from '../integration-response.ts';
import { findIntegration, listOf } from '../lookup.ts';
import { page } from '../page.ts';
import { integrationResponses } from '../records.ts';

export const getIntegrationResponses = operation<
  GetIntegrationResponsesRequest,
  GetIntegrationResponsesResponse,
  'store'
>({
  action: 'apigateway:GET',
  resource: (input, call) =>
    managedArn(call, 'apis', input.ApiId, 'integrations', input.IntegrationId, 'integrationresponses'),
  run(input, call) {
    const { IntegrationId } = findIntegration(call, input.ApiId, input.IntegrationId);
    const items = listOf(call, integrationResponses, input.ApiId).filter(
      (item) => item.IntegrationId === IntegrationId,
    );
    return page(items.map(integrationResponseView), input);
  },
});
