import type { DeleteRouteRequest } from '@aws-sdk/client-apigatewayv2';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { commitChange } from '../deploy.ts';
import { findRoute, listOf } from '../lookup.ts';
import { keyWithinApi, routeResponses, routes } from '../records.ts';

/** Deletes a route with its route responses. */
export const deleteRoute = operation<DeleteRouteRequest, object, 'store' | 'clock' | 'ids'>({
  action: 'apigateway:DELETE',
  resource: (input, call) => managedArn(call, 'apis', input.ApiId, 'routes', input.RouteId),
  async run(input, call) {
    const { ApiId, RouteId } = findRoute(call, input.ApiId, input.RouteId);
    const scope = regional(call);
    const responses = listOf(call, routeResponses, ApiId).filter((item) => item.RouteId === RouteId);
    await commitChange(call, ApiId, [
      routes.remove(scope, keyWithinApi(ApiId, RouteId)),
      ...responses.map((item) => routeResponses.remove(scope, keyWithinApi(ApiId, item.RouteResponseId))),
    ]);
    return {};
  },
});
