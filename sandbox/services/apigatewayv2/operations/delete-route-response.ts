import type { DeleteRouteResponseRequest } from '@aws-sdk/client-apigatewayv2';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { commitChange } from '../deploy.ts';
import { findRouteResponse } from '../lookup.ts';
import { keyWithinApi, routeResponses } from '../records.ts';

export const deleteRouteResponse = operation<DeleteRouteResponseRequest, object, 'store' | 'clock' | 'ids'>({
  action: 'apigateway:DELETE',
  resource: (input, call) =>
    managedArn(call, 'apis', input.ApiId, 'routes', input.RouteId, 'routeresponses', input.RouteResponseId),
  async run(input, call) {
    const { ApiId, RouteResponseId } = findRouteResponse(call, input.ApiId, input.RouteId, input.RouteResponseId);
    await commitChange(call, ApiId, [routeResponses.remove(regional(call), keyWithinApi(ApiId, RouteResponseId))]);
    return {};
  },
});
