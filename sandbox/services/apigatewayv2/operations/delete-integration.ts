import type { DeleteIntegrationRequest } from '@aws-sdk/client-apigatewayv2';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { commitChange } from '../deploy.ts';
import { ConflictException } from '../errors.ts';
import { findIntegration, listOf } from '../lookup.ts';
import { integrationResponses, integrations, keyWithinApi, routes } from '../records.ts';

/** Deletes an integration that no route uses, with its integration responses. */
export const deleteIntegration = operation<DeleteIntegrationRequest, object, 'store' | 'clock' | 'ids'>({
  action: 'apigateway:DELETE',
  resource: (input, call) => managedArn(call, 'apis', input.ApiId, 'integrations', input.IntegrationId),
  async run(input, call) {
    const { ApiId, IntegrationId } = findIntegration(call, input.ApiId, input.IntegrationId);
    const user = listOf(call, routes, ApiId).find((route) => route.Target === `integrations/${IntegrationId}`);
    if (user !== undefined) {
      throw new ConflictException(
        `Cannot delete Integration '${IntegrationId}' because it is referenced by Route '${user.RouteId}'`,
      );
    }
    const scope = regional(call);
    const responses = listOf(call, integrationResponses, ApiId).filter((item) => item.IntegrationId === IntegrationId);
    await commitChange(call, ApiId, [
      integrations.remove(scope, keyWithinApi(ApiId, IntegrationId)),
      ...responses.map((item) => integrationResponses.remove(scope, keyWithinApi(ApiId, item.IntegrationResponseId))),
    ]);
    return {};
  },
});
