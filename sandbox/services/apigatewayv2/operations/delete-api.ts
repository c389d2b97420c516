import type { DeleteApiRequest } from '@aws-sdk/client-apigatewayv2';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { findApi, listOf } from '../lookup.ts';
import {
  apis,
  authorizers,
  deployments,
  integrationResponses,
  integrations,
  keyWithinApi,
  routeResponses,
  routes,
  stages,
} from '../records.ts';

/** Deletes an API with everything that belongs to it, and ends its connections. */
export const deleteApi = operation<DeleteApiRequest, object, 'store' | 'sockets'>({
  action: 'apigateway:DELETE',
  resource: (input, call) => managedArn(call, 'apis', input.ApiId),
  async run(input, call) {
    const { ApiId } = findApi(call, input.ApiId);
    const scope = regional(call);
    await call.store.commit([
      apis.remove(scope, ApiId),
      ...listOf(call, routes, ApiId).map(({ RouteId }) => routes.remove(scope, keyWithinApi(ApiId, RouteId))),
      ...listOf(call, routeResponses, ApiId).map((item) =>
        routeResponses.remove(scope, keyWithinApi(ApiId, item.RouteResponseId)),
      ),
      ...listOf(call, integrations, ApiId).map((item) =>
        integrations.remove(scope, keyWithinApi(ApiId, item.IntegrationId)),
      ),
      ...listOf(call, integrationResponses, ApiId).map((item) =>
        integrationResponses.remove(scope, keyWithinApi(ApiId, item.IntegrationResponseId)),
      ),
      ...listOf(call, authorizers, ApiId).map((item) =>
        authorizers.remove(scope, keyWithinApi(ApiId, item.AuthorizerId)),
      ),
      ...listOf(call, deployments, ApiId).map((item) =>
        deployments.remove(scope, keyWithinApi(ApiId, item.DeploymentId)),
      ),
      ...listOf(call, stages, ApiId).map((item) => stages.remove(scope, keyWithinApi(ApiId, item.StageName))),
    ]);
    call.sockets.closeStage(ApiId);
    return {};
  },
});
