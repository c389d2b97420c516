import type {
  CreateRouteResponseRequest,
  RouteResponse,
  UpdateRouteResponseRequest,
} from '@aws-sdk/client-apigatewayv2';
import { BadRequestException } from './errors.ts';
import { honour } from './honour.ts';
import type { RouteResponseRecord } from './records.ts';

/** A route response as operations return it. */
export function routeResponseView({ RouteResponseId, RouteResponseKey }: RouteResponseRecord): RouteResponse {
  return { RouteResponseId, RouteResponseKey };
}

/** Rejects unsupported properties of a route response. `$default` is the only key for WebSocket APIs. */
export function checkRouteResponse(
  operation: string,
  input: CreateRouteResponseRequest | UpdateRouteResponseRequest,
): void {
  honour(operation, input, { ModelSelectionExpression: [], ResponseModels: [], ResponseParameters: [] });
  if (input.RouteResponseKey !== undefined && input.RouteResponseKey !== '$default') {
    throw new BadRequestException('Invalid route response key: only $default is supported');
  }
}
