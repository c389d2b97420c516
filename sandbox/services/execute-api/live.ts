import type { Store } from '../../state/store.ts';
import { apis, deployments, keyWithinApi, type Snapshot, type StageRecord, stages } from '../apigatewayv2/records.ts';

/** A stage, and the API as it currently serves it. */
export interface LiveStage {
  /** The scope of the API's account and region. */
  readonly scope: string;
  readonly accountId: string;
  readonly region: string;
  readonly stage: StageRecord;
  readonly snapshot: Snapshot;
}

/** The scope of the API with this id, in any account; undefined if there is none. */
export function scopeOfApi(store: Pick<Store, 'get' | 'scopes'>, apiId: string): string | undefined {
  return apis.scopes(store).find((scope) => apis.get(store, scope, apiId) !== undefined);
}

/** The stage and its deployment; undefined if there is no such stage, or nothing was deployed to it. */
export function liveStage(
  store: Pick<Store, 'get'>,
  scope: string,
  apiId: string,
  stageName: string,
): LiveStage | undefined {
  const stage = stages.get(store, scope, keyWithinApi(apiId, stageName));
  if (stage?.DeploymentId === undefined) return undefined;
  const deployment = deployments.get(store, scope, keyWithinApi(apiId, stage.DeploymentId));
  if (deployment === undefined) return undefined;
  const [accountId = '', region = ''] = scope.split('/');
  return { scope, accountId, region, stage, snapshot: deployment.snapshot };
}

/** A stage and the keys of its live routes, for the console. */
export interface LiveRoutes {
  readonly apiId: string;
  readonly stage: string;
  readonly routes: readonly string[];
}

/** Returns the routes that each of the account's stages currently serves, even if its API has changed since. */
export function liveRoutes(store: Pick<Store, 'get' | 'entries' | 'scopes'>): LiveRoutes[] {
  return allStages(store).map(({ scope, record: { ApiId: apiId, StageName: stage } }) => {
    const live = liveStage(store, scope, apiId, stage);
    return { apiId, stage, routes: Object.keys(live?.snapshot.routes ?? {}) };
  });
}

/** Returns the account's stages that something was deployed to. */
export function liveStages(store: Pick<Store, 'get' | 'entries' | 'scopes'>): LiveStage[] {
  return allStages(store).flatMap(({ scope, record }) => liveStage(store, scope, record.ApiId, record.StageName) ?? []);
}

function allStages(store: Pick<Store, 'entries' | 'scopes'>) {
  return stages.scopes(store).flatMap((scope) => stages.list(store, scope).map((record) => ({ scope, record })));
}

/** API Gateway's identity when it acts for an API: `arn:aws:execute-api:…:a1b2c3/prod/$connect`. */
export function executeApiArn({ accountId, region }: Pick<LiveStage, 'accountId' | 'region'>, path: string): string {
  return `arn:aws:execute-api:${region}:${accountId}:${path}`;
}
