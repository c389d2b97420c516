import type { GetIntegrationRequest, GetIntegrationResult } from '@aws-sdk/client-apigatewayv2';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { integrationView } from '../integration.ts';
import { findIntegration } from '../lookup.ts';

export const getIntegration = operation<GetIntegrationRequest, GetIntegrationResult, 'store'>({
  action: 'apigateway:GET',
  resource: (input, call) => managedArn(call, 'apis', input.ApiId, 'integrations', input.IntegrationId),
  run: (input, call) => integrationView(findIntegration(call, input.ApiId, input.IntegrationId)),
});
