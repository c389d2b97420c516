import type { GetIntegrationsRequest, GetIntegrationsResponse } from '@aws-sdk/client-apigatewayv2';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { integrationView } from '../integration.ts';
import { listOf } from '../lookup.ts';
import { page } from '../page.ts';
import { integrations } from '../records.ts';

export const getIntegrations = operation<GetIntegrationsRequest, GetIntegrationsResponse, 'store'>({
  action: 'apigateway:GET',
  resource: (input, call) => managedArn(call, 'apis', input.ApiId, 'integrations'),
  run: (input, call) => page(listOf(call, integrations, input.ApiId).map(integrationView), input),
});
