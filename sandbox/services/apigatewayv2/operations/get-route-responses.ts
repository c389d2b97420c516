import type { GetRouteResponsesRequest, GetRouteResponsesResponse } from '@aws-sdk/client-apigatewayv2';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { findRoute, listOf } from '../lookup.ts';
import { page } from '../page.ts';
import { routeResponses } from '../records.ts';
import { routeResponseView } from '../route-response.ts';

export const getRouteResponses = operation<GetRouteResponsesRequest, GetRouteResponsesResponse, 'store'>({
  action: 'apigateway:GET',
  resource: (input, call) => managedArn(call, 'apis', input.ApiId, 'routes', input.RouteId, 'routeresponses'),
  run(input, call) {
    const { RouteId } = findRoute(call, input.ApiId, input.RouteId);
    const items = listOf(call, routeResponses, input.ApiId).filter((item) => item.RouteId === RouteId);
    return page(items.map(routeResponseView), input);
  },
});
