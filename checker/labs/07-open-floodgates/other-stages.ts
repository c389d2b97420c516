import type { Stage } from '@aws-sdk/client-apigatewayv2';
import type { Room, StackResource, Subject } from '../../checking/check.ts';
import { allPages } from '../../observe/pages.ts';
import { stageOf } from '../../observe/room.ts';
import { observeRoutes } from '../../observe/routes.ts';
import type { StageSettings } from './limits.ts';

/** Another way to the stack's functions: a stage that people don't connect to, but a script can. */
export interface OtherStage {
  readonly apiId: string;
  /** The API's logical id. */
  readonly api: string;
  readonly stageName: string;
  /** The stage's logical id, if the stack created it. */
  readonly stage?: string;
  readonly settings: StageSettings;
  readonly routes: readonly string[];
}

/**
 * Finds the live stages of the stack's WebSocket APIs, other than the room's, whose routes run functions of the stack.
 */
export async function observeOtherStages(
  subject: Pick<Subject, 'target' | 'resources'>,
  room: Room,
): Promise<OtherStage[]> {
  const { target, resources } = subject;
  const [client, { GetApiCommand, GetStagesCommand, NotFoundException }] = await Promise.all([
    target.clients.apigateway(),
    import('../../aws/sdk/apigateway.ts'),
  ]);
  // The room can run a function of another stack, and a copy of a function costs as much as the original.
  const ofStack = resources.filter(({ type }) => type === 'AWS::Lambda::Function').map(({ physicalId }) => physicalId);
  const ofRoom = (await observeRoutes(subject, room)).map(({ integration }) => integration?.functionName);
  const own = [...ofStack, ...ofRoom];
  const lookAt = async (api: string, ApiId: string): Promise<OtherStage[]> => {
    const { ProtocolType, DisableExecuteApiEndpoint } = await client.send(new GetApiCommand({ ApiId }));
    if (ProtocolType !== 'WEBSOCKET' || DisableExecuteApiEndpoint === true) return [];
    const all = await allPages<Stage>((NextToken) => client.send(new GetStagesCommand({ ApiId, NextToken })));
    const live = all.filter(
      ({ StageName, AutoDeploy = false, DeploymentId }) =>
        (AutoDeploy || DeploymentId !== undefined) && !(ApiId === room.apiId && StageName === room.stageName),
    );
    const found = live.map(async ({ StageName: stageName = '', DefaultRouteSettings = {}, RouteSettings = {} }) => {
      // A route's integration can depend on the stage's variables.
      const routes = await observeRoutes(subject, { ...room, apiId: ApiId, stageName });
      const isOurs = routes.some(
        ({ integration }) => integration !== undefined && own.includes(integration.functionName),
      );
      const settings = { DefaultRouteSettings, RouteSettings };
      const keys = routes.map(({ routeKey }) => routeKey).sort();
      return isOurs ? [{ apiId: ApiId, api, stageName, settings, routes: keys }] : [];
    });
    return (await Promise.all(found)).flat();
  };
  const apis = resources.filter(({ type }) => type === 'AWS::ApiGatewayV2::Api');
  const stages = apis.map(({ logicalId, physicalId }) =>
    lookAt(logicalId, physicalId).catch((error: unknown) => {
      if (error instanceof NotFoundException) return [];
      throw error;
    }),
  );
  return (await Promise.all(stages)).flat();
}

/** Adds to each stage the resource of the stack that created it. The template says whose stage is whose. */
export function withResources(
  others: readonly OtherStage[],
  resources: readonly StackResource[],
  template: string,
): OtherStage[] {
  return others.map((other) => {
    const api = resources.find(
      ({ type, physicalId }) => type === 'AWS::ApiGatewayV2::Api' && physicalId === other.apiId,
    );
    const made = api === undefined ? undefined : stageOf({ api, stage: other.stageName }, resources, template);
    return made === undefined ? other : { ...other, stage: made.logicalId };
  });
}
