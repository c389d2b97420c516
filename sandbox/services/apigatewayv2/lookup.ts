import { type Call, regional } from '../../calls/context.ts';
import type { Collection } from '../../state/collection.ts';
import { NotFoundException } from './errors.ts';
import {
  type ApiRecord,
  type AuthorizerRecord,
  apis,
  authorizers,
  type DeploymentRecord,
  deployments,
  type IntegrationRecord,
  type IntegrationResponseRecord,
  integrationResponses,
  integrations,
  keyWithinApi,
  type RouteRecord,
  type RouteResponseRecord,
  routeResponses,
  routes,
  type StageRecord,
  stages,
} from './records.ts';

// Each finds a record of the caller's account, or throws NotFoundException in API Gateway's words.

export function findApi(call: Call<'store'>, apiId = ''): ApiRecord {
  const api = apis.get(call.store, regional(call), apiId);
  if (api !== undefined) return api;
  throw new NotFoundException(`Invalid API identifier specified ${call.accountId}:${apiId}`, 'Api');
}

export function findRoute(call: Call<'store'>, apiId?: string, routeId?: string): RouteRecord {
  return find(call, routes, 'Route', apiId, routeId);
}

export function findRouteResponse(
  call: Call<'store'>,
  apiId?: string,
  routeId?: string,
  routeResponseId?: string,
): RouteResponseRecord {
  const route = findRoute(call, apiId, routeId);
  const found = find(call, routeResponses, 'RouteResponse', apiId, routeResponseId);
  if (found.RouteId !== route.RouteId) throw new NotFoundException(invalid('RouteResponse'), 'RouteResponse');
  return found;
}

export function findIntegration(call: Call<'store'>, apiId?: string, integrationId?: string): IntegrationRecord {
  return find(call, integrations, 'Integration', apiId, integrationId);
}

export function findIntegrationResponse(
  call: Call<'store'>,
  apiId?: string,
  integrationId?: string,
  integrationResponseId?: string,
): IntegrationResponseRecord {
  const integration = findIntegration(call, apiId, integrationId);
  const found = find(call, integrationResponses, 'IntegrationResponse', apiId, integrationResponseId);
  if (found.IntegrationId === integration.IntegrationId) return found;
  throw new NotFoundException(invalid('IntegrationResponse'), 'IntegrationResponse');
}

export function findAuthorizer(call: Call<'store'>, apiId?: string, authorizerId?: string): AuthorizerRecord {
  return find(call, authorizers, 'Authorizer', apiId, authorizerId);
}

export function findStage(call: Call<'store'>, apiId?: string, stageName?: string): StageRecord {
  return find(call, stages, 'stage', apiId, stageName);
}

export function findDeployment(call: Call<'store'>, apiId?: string, deploymentId?: string): DeploymentRecord {
  return find(call, deployments, 'Deployment', apiId, deploymentId);
}

/** The records of a kind that belong to an API, which must exist. */
export function listOf<T extends { readonly ApiId: string }>(
  call: Call<'store'>,
  kind: Collection<T>,
  apiId?: string,
): T[] {
  const { ApiId } = findApi(call, apiId);
  return kind.list(call.store, regional(call)).filter((record) => record.ApiId === ApiId);
}

function find<T extends object>(call: Call<'store'>, kind: Collection<T>, type: string, apiId?: string, id = ''): T {
  const { ApiId } = findApi(call, apiId);
  const found = kind.get(call.store, regional(call), keyWithinApi(ApiId, id));
  if (found !== undefined) return found;
  throw new NotFoundException(invalid(type), type);
}

function invalid(type: string): string {
  return `Invalid ${type} identifier specified`;
}
