import type { UpdateRouteRequest, UpdateRouteResult } from '@aws-sdk/client-apigatewayv2';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { commitChange } from '../deploy.ts';
import { updated } from '../honour.ts';
import { findRoute } from '../lookup.ts';
import { keyWithinApi, type RouteRecord, routes } from '../records.ts';
import { checkRoute, honourRoute, routeView } from '../route.ts';

export const updateRoute = operation<UpdateRouteRequest, UpdateRouteResult, 'store' | 'clock' | 'ids'>({
  action: 'apigateway:PATCH',
  resource: (input, call) => managedArn(call, 'apis', input.ApiId, 'routes', input.RouteId),
  async run(input, call) {
    const before = findRoute(call, input.ApiId, input.RouteId);
    honourRoute('UpdateRoute', input);
    const { ApiId, RouteId } = before;
    const AuthorizationType = input.AuthorizationType ?? before.AuthorizationType;
    const AuthorizerId = AuthorizationType === 'CUSTOM' ? updated(input.AuthorizerId, before.AuthorizerId) : undefined;
    const OperationName = updated(input.OperationName, before.OperationName);
    const Target = updated(input.Target, before.Target);
    const RouteResponseSelectionExpression = updated(
      input.RouteResponseSelectionExpression,
      before.RouteResponseSelectionExpression,
    );
    const record: RouteRecord = {
      ApiId,
      RouteId,
      RouteKey: input.RouteKey ?? before.RouteKey,
      AuthorizationType,
      AuthorizerId,
      OperationName,
      RouteResponseSelectionExpression,
      Target,
    };
    checkRoute(call, record);
    await commitChange(call, ApiId, [routes.put(regional(call), keyWithinApi(ApiId, RouteId), record)]);
    return routeView(record);
  },
});
