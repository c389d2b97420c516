import type { GetRouteResponseRequest, GetRouteResponseResponse } from '@aws-sdk/client-apigatewayv2';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { findRouteResponse } from '../lookup.ts';
import { routeResponseView } from '../route-response.ts';

export const getRouteResponse = operation<GetRouteResponseRequest, GetRouteResponseResponse, 'store'>({
  action: 'apigateway:GET',
  resource: (input, call) =>
    managedArn(call, 'apis', input.ApiId, 'routes', input.RouteId, 'routeresponses', input.RouteResponseId),
  run: (input, call) => routeResponseView(findRouteResponse(call, input.ApiId, input.RouteId, input.RouteResponseId)),
});
