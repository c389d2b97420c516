import type { CreateRouteResponseRequest, CreateRouteResponseResponse } from '@aws-sdk/client-apigatewayv2';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { commitChange } from '../deploy.ts';
import { ConflictException } from '../errors.ts';
import { required } from '../honour.ts';
import { findRoute, listOf } from '../lookup.ts';
import { keyWithinApi, type RouteResponseRecord, routeResponses } from '../records.ts';
import { checkRouteResponse, routeResponseView } from '../route-response.ts';

export const createRouteResponse = operation<
  CreateRouteResponseRequest,
  CreateRouteResponseResponse,
  'store' | 'clock' | 'ids'
>({
  action: 'apigateway:POST',
  resource: (input, call) => managedArn(call, 'apis', input.ApiId, 'routes', input.RouteId, 'routeresponses'),
  async run(input, call) {
    const { ApiId, RouteId } = findRoute(call, input.ApiId, input.RouteId);
    checkRouteResponse('CreateRouteResponse', input);
    const record: RouteResponseRecord = {
      ApiId,
      RouteId,
      RouteResponseId: call.assignedId ?? call.ids.short(7),
      RouteResponseKey: required(input.RouteResponseKey, 'routeResponseKey'),
    };
    if (listOf(call, routeResponses, ApiId).some((item) => item.RouteId === RouteId)) {
      throw new ConflictException(`RouteResponse with key ${record.RouteResponseKey} already exists for this route`);
    }
    const key = keyWithinApi(ApiId, record.RouteResponseId);
    await commitChange(call, ApiId, [routeResponses.put(regional(call), key, record)]);
    return routeResponseView(record);
  },
});
