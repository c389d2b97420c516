import type { GetRouteRequest, GetRouteResult } from '@aws-sdk/client-apigatewayv2';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { findRoute } from '../lookup.ts';
import { routeView } from '../route.ts';

export const getRoute = operation<GetRouteRequest, GetRouteResult, 'store'>({
  action: 'apigateway:GET',
  resource: (input, call) => managedArn(call, 'apis', input.ApiId, 'routes', input.RouteId),
  run: (input, call) => routeView(findRoute(call, input.ApiId, input.RouteId)),
});
