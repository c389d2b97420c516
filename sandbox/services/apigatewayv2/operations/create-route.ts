import type { CreateRouteRequest, CreateRouteResult } from '@aws-sdk/client-apigatewayv2';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { newRouteContext } from '../context.ts';
import { commitChange } from '../deploy.ts';
import { QuotaException } from '../errors.ts';
import { required } from '../honour.ts';
import { findApi, listOf } from '../lookup.ts';
import { keyWithinApi, type RouteRecord, routes } from '../records.ts';
import { checkRoute, honourRoute, routeView } from '../route.ts';

const quota = 300;

export const createRoute = operation<CreateRouteRequest, CreateRouteResult, 'store' | 'clock' | 'ids'>({
  action: 'apigateway:POST',
  resource: (input, call) => managedArn(call, 'apis', input.ApiId, 'routes'),
  context: newRouteContext,
  async run(input, call) {
    const { ApiId } = findApi(call, input.ApiId);
    honourRoute('CreateRoute', input);
    const { AuthorizerId, OperationName, RouteResponseSelectionExpression, Target } = input;
    const record: RouteRecord = {
      ApiId,
      RouteId: call.assignedId ?? call.ids.short(7),
      RouteKey: required(input.RouteKey, 'routeKey'),
      AuthorizationType: input.AuthorizationType ?? 'NONE',
      ...(AuthorizerId ? { AuthorizerId } : {}),
      ...(OperationName ? { OperationName } : {}),
      ...(RouteResponseSelectionExpression ? { RouteResponseSelectionExpression } : {}),
      ...(Target ? { Target } : {}),
    };
    checkRoute(call, record);
    if (listOf(call, routes, ApiId).length >= quota) throw new QuotaException('Routes');
    await commitChange(call, ApiId, [routes.put(regional(call), keyWithinApi(ApiId, record.RouteId), record)]);
    return routeView(record);
  },
});
