import type { GetIntegrationResponseRequest, GetIntegrationResponseResponse } from '@aws-sdk/client-apigatewayv2';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { integrationResponseView } from '../integration-response.ts';
import { findIntegrationResponse } from '../lookup.ts';

export const getIntegrationResponse = operation<GetIntegrationResponseRequest, GetIntegrationResponseResponse, 'store'>(
  {
    action: 'apigateway:GET',
    resource: (input, call) =>
      managedArn(
        call,
        'apis',
        input.ApiId,
        'integrations',
        input.IntegrationId,
        'integrationresponses',
        input.IntegrationResponseId,
      ),
    run: (input, call) =>
      integrationResponseView(
        findIntegrationResponse(call, input.ApiId, input.IntegrationId, input.IntegrationResponseId),
      ),
  },
);
