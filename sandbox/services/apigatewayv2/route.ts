import type { CreateRouteRequest, Route, UpdateRouteRequest } from '@aws-sdk/client-apigatewayv2';
import type { Call } from '../../calls/context.ts';
import { BadRequestException, ConflictException } from './errors.ts';
import { honour } from './honour.ts';
import { findAuthorizer, findIntegration, listOf } from './lookup.ts';
import { type RouteRecord, routes } from './records.ts';

/** A route as operations return it. */
export function routeView({ ApiId: _, ...record }: RouteRecord): Route {
  return { ApiKeyRequired: false, ...record };
}

/** Rejects unsupported properties of a route, at creation or later. */
export function honourRoute(operation: string, input: CreateRouteRequest | UpdateRouteRequest): void {
  honour(operation, input, {
    ApiKeyRequired: [false],
    AuthorizationScopes: [],
    ModelSelectionExpression: [],
    RequestModels: [],
    RequestParameters: [],
    RouteResponseSelectionExpression: ['$default'],
  });
}

/** Throws API Gateway's error if a route would be invalid. */
export function checkRoute(call: Call<'store'>, route: RouteRecord): void {
  checkKey(call, route);
  checkAuthorization(call, route);
  if (route.Target === undefined) return;
  const integrationId = /^integrations\/([^/]+)$/.exec(route.Target)?.[1];
  if (integrationId === undefined)
    throw new BadRequestException('Invalid target specified: integrations/<id> is meant');
  findIntegration(call, route.ApiId, integrationId);
}

function checkKey(call: Call<'store'>, { ApiId, RouteId, RouteKey }: RouteRecord): void {
  if (RouteKey.startsWith('$') && !['$connect', '$disconnect', '$default'].includes(RouteKey)) {
    throw new BadRequestException(`The provided route key is not valid: ${RouteKey}`);
  }
  const twin = listOf(call, routes, ApiId).find((other) => other.RouteKey === RouteKey && other.RouteId !== RouteId);
  if (twin !== undefined) throw new ConflictException(`Route with key ${RouteKey} already exists for this API`);
}

function checkAuthorization(call: Call<'store'>, route: RouteRecord): void {
  const { ApiId, RouteKey, AuthorizationType, AuthorizerId } = route;
  if (!['NONE', 'AWS_IAM', 'CUSTOM'].includes(AuthorizationType)) {
    throw new BadRequestException(`Authorization type ${AuthorizationType} is not supported for WEBSOCKET APIs`);
  }
  if (AuthorizationType !== 'NONE' && RouteKey !== '$connect') {
    throw new BadRequestException('Currently, authorization is restricted to the $connect route only');
  }
  if (AuthorizationType !== 'CUSTOM') return;
  if (AuthorizerId === undefined)
    throw new BadRequestException('AuthorizerId is required for authorization type CUSTOM');
  findAuthorizer(call, ApiId, AuthorizerId);
}
