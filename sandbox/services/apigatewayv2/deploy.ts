import { type Call, regional } from '../../calls/context.ts';
import type { Store, Write } from '../../state/store.ts';
import { BadRequestException } from './errors.ts';
import { overlay } from './overlay.ts';
import {
  apis,
  authorizers,
  type DeploymentRecord,
  deployments,
  integrationResponses,
  integrations,
  keyWithinApi,
  type LiveRoute,
  type RouteRecord,
  routeResponses,
  routes,
  type Snapshot,
  type StageRecord,
  stages,
} from './records.ts';

type Deploying = Call<'store' | 'clock' | 'ids'>;

/**
 * Commits a change of an API together with the deployments that it triggers: each stage with `AutoDeploy` gets a new
 * one (https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages.html).
 */
export async function commitChange(call: Deploying, apiId: string, writes: readonly Write[]): Promise<void> {
  const scope = regional(call);
  const after = overlay(call.store, writes);
  const deploying = stages.list(after, scope).filter((stage) => stage.ApiId === apiId && stage.AutoDeploy);
  await call.store.commit([...writes, ...deploying.flatMap((stage) => autoDeployment(call, stage, after))]);
}

/** A deployment of the API's current state; throws BadRequestException if it has no route. */
export function deploymentOf(
  call: Deploying,
  apiId: string,
  store: Pick<Store, 'get' | 'entries'>,
  detail: {
    readonly AutoDeployed: boolean;
    readonly Description?: string | undefined;
    readonly id?: string | undefined;
  },
): DeploymentRecord {
  const snapshot = snapshotOf(store, regional(call), apiId);
  if (Object.keys(snapshot.routes).length === 0) {
    throw new BadRequestException('Unable to deploy API because no routes exist in this API');
  }
  return {
    ApiId: apiId,
    DeploymentId: detail.id ?? call.ids.short(6),
    AutoDeployed: detail.AutoDeployed,
    Description: detail.Description,
    CreatedDate: call.clock.now().toISOString(),
    snapshot,
  };
}

/** The stage after the deployment. */
export function withDeployment(stage: StageRecord, deployment: DeploymentRecord): StageRecord {
  return {
    ...stage,
    DeploymentId: deployment.DeploymentId,
    LastUpdatedDate: deployment.CreatedDate,
    ...(stage.AutoDeploy
      ? {
          LastDeploymentStatusMessage: `Successfully deployed stage with deployment ID '${deployment.DeploymentId}'`,
        }
      : {}),
  };
}

/** The writes that deploy the API to a stage with `AutoDeploy`; without a route there is nothing to deploy yet. */
export function autoDeployment(call: Deploying, stage: StageRecord, store: Pick<Store, 'get' | 'entries'>): Write[] {
  const scope = regional(call);
  const hasRoutes = routes.list(store, scope).some((route) => route.ApiId === stage.ApiId);
  if (!hasRoutes) return [];
  const deployment = deploymentOf(call, stage.ApiId, store, {
    AutoDeployed: true,
    Description: 'Automatic deployment triggered by changes to the Api configuration',
  });
  return [
    deployments.put(scope, keyWithinApi(stage.ApiId, deployment.DeploymentId), deployment),
    stages.put(scope, keyWithinApi(stage.ApiId, stage.StageName), withDeployment(stage, deployment)),
  ];
}

function snapshotOf(store: Pick<Store, 'get' | 'entries'>, scope: string, apiId: string): Snapshot {
  const live = routes
    .list(store, scope)
    .filter((route) => route.ApiId === apiId)
    .map((route) => [route.RouteKey, liveRoute(store, scope, route)] as const);
  return {
    RouteSelectionExpression: apis.get(store, scope, apiId)?.RouteSelectionExpression ?? '',
    routes: Object.fromEntries(live),
  };
}

function liveRoute(store: Pick<Store, 'get' | 'entries'>, scope: string, route: RouteRecord): LiveRoute {
  const { ApiId, RouteId, RouteKey, AuthorizationType, AuthorizerId, Target } = route;
  const integrationId = Target?.split('/')[1];
  const integration =
    integrationId === undefined ? undefined : integrations.get(store, scope, keyWithinApi(ApiId, integrationId));
  const authorizer =
    AuthorizerId === undefined ? undefined : authorizers.get(store, scope, keyWithinApi(ApiId, AuthorizerId));
  const hasResponse = routeResponses
    .list(store, scope)
    .some((item) => item.ApiId === ApiId && item.RouteId === RouteId);
  return {
    RouteKey,
    AuthorizationType,
    authorizer,
    integration,
    integrationResponses: integrationResponses
      .list(store, scope)
      .filter((item) => item.ApiId === ApiId && item.IntegrationId === integrationId),
    answers: route.RouteResponseSelectionExpression !== undefined && hasResponse,
  };
}
