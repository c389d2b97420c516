import type { UpdateRouteResponseRequest, UpdateRouteResponseResponse } from '@aws-sdk/client-apigatewayv2';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { findRouteResponse } from '../lookup.ts';
import { checkRouteResponse, routeResponseView } from '../route-response.ts';

/** Validates its input; there is only one key, so a route response can't change. */
export const updateRouteResponse = operation<UpdateRouteResponseRequest, UpdateRouteResponseResponse, 'store'>({
  action: 'apigateway:PATCH',
  resource: (input, call) =>
    managedArn(call, 'apis', input.ApiId, 'routes', input.RouteId, 'routeresponses', input.RouteResponseId),
  run(input, call) {
    const record = findRouteResponse(call, input.ApiId, input.RouteId, input.RouteResponseId);
    checkRouteResponse('UpdateRouteResponse', input);
    return routeResponseView(record);
  },
});
