import type { GetRoutesRequest, GetRoutesResponse } from '@aws-sdk/client-apigatewayv2';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { listOf } from '../lookup.ts';
import { page } from '../page.ts';
import { routes } from '../records.ts';
import { routeView } from '../route.ts';

export const getRoutes = operation<GetRoutesRequest, GetRoutesResponse, 'store'>({
  action: 'apigateway:GET',
  resource: (input, call) => managedArn(call, 'apis', input.ApiId, 'routes'),
  run: (input, call) => page(listOf(call, routes, input.ApiId).map(routeView), input),
});
