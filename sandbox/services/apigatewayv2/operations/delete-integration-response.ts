import type { DeleteIntegrationResponseRequest } from '@aws-sdk/client-apigatewayv2';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { commitChange } from '../deploy.ts';
import { findIntegrationResponse } from '../lookup.ts';
import { integrationResponses, keyWithinApi } from '../records.ts';

export const deleteIntegrationResponse = operation<DeleteIntegrationResponseRequest, object, 'store' | 'clock' | 'ids'>(
  {
    action: 'apigateway:DELETE',
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
    async run(input, call) {
      const { ApiId, IntegrationResponseId } = findIntegrationResponse(
        call,
        input.ApiId,
        input.IntegrationId,
        input.IntegrationResponseId,
      );
      await commitChange(call, ApiId, [
        integrationResponses.remove(regional(call), keyWithinApi(ApiId, IntegrationResponseId)),
      ]);
      return {};
    },
  },
);
