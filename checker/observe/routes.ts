import type { Integration, Route, Stage } from '@aws-sdk/client-apigatewayv2';
import type { Room, Subject } from '../checking/check.ts';
import { allPages } from './pages.ts';
import { stageVariables } from './stage-variables.ts';

/** A route of the API with its integration. The live deployment may differ. */
export interface ObservedRoute {
  readonly routeKey: string;
  readonly routeId: string;
  /** Whether the function's return value is sent to the client. */
  readonly answers: boolean;
  readonly integration?: ObservedIntegration;
}

export interface ObservedIntegration {
  readonly id: string;
  /** `AWS_PROXY`, `MOCK`, … */
  readonly type: string;
  readonly uri?: string;
  /** The name of the Lambda function that it invokes, if it does. */
  readonly functionName?: string;
  /** Whether it invokes that function with a role of its own. */
  readonly byRole?: boolean;
}

export interface ObservedStage {
  readonly name: string;
  readonly autoDeploy: boolean;
  readonly deploymentId?: string;
  /** API Gateway's message about its last automatic deployment, if that failed. */
  readonly message?: string;
  /** How many connections are admitted, if the stage has a limit. */
  readonly throttle?: Throttle;
}

/** How many requests a stage admits: per second, and at once. */
export interface Throttle {
  readonly rate: number;
  readonly burst: number;
}

/** GetRoutes and GetIntegrations: the API's current configuration. */
export async function observeRoutes(subject: Pick<Subject, 'target'>, room: Room): Promise<ObservedRoute[]> {
  const { target } = subject;
  const { apiId } = room;
  const [client, { GetRoutesCommand, GetIntegrationsCommand }] = await Promise.all([
    target.clients.apigateway(),
    import('../aws/sdk/apigateway.ts'),
  ]);
  const [routes, integrations] = await Promise.all([
    allPages<Route>((NextToken) => client.send(new GetRoutesCommand({ ApiId: apiId, NextToken }))),
    allPages<Integration>((NextToken) => client.send(new GetIntegrationsCommand({ ApiId: apiId, NextToken }))),
  ]);
  const uris = integrations.map(({ IntegrationUri }) => IntegrationUri);
  const filled = await stageVariables(subject, room, uris);
  return routes.map((route) => withIntegration(route, integrations, filled));
}

/** GetStage: the stage's deployment, and whether it deploys changes automatically. */
export async function observeStage(
  { target }: Pick<Subject, 'target'>,
  { apiId, stageName }: Room,
): Promise<ObservedStage> {
  const [client, { GetStageCommand }] = await Promise.all([
    target.clients.apigateway(),
    import('../aws/sdk/apigateway.ts'),
  ]);
  const stage: Partial<Stage> = await client.send(new GetStageCommand({ ApiId: apiId, StageName: stageName }));
  const { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst } = {
    ...stage.DefaultRouteSettings,
    ...stage.RouteSettings?.$connect,
  };
  return {
    name: stageName,
    autoDeploy: stage.AutoDeploy === true,
    deploymentId: stage.DeploymentId,
    message: stage.LastDeploymentStatusMessage,
    throttle: rate === undefined || burst === undefined ? undefined : { rate, burst },
  };
}

/** `arn:aws:apigateway:…:lambda:path/2015-03-31/functions/<function ARN, maybe with an alias>/invocations` */
export function functionNameIn(uri: string | undefined): string | undefined {
  return /:function:([^:/]+)/.exec(uri ?? '')?.[1];
}

function withIntegration(
  route: Route,
  integrations: readonly Integration[],
  filled: (uri: string | undefined) => string | undefined,
): ObservedRoute {
  const id = route.Target?.replace(/^integrations\//, '');
  const integration = integrations.find(({ IntegrationId }) => IntegrationId !== undefined && IntegrationId === id);
  const uri = filled(integration?.IntegrationUri);
  const functionName = functionNameIn(uri);
  return {
    routeKey: route.RouteKey ?? '',
    routeId: route.RouteId ?? '',
    answers: route.RouteResponseSelectionExpression !== undefined,
    integration: integration && {
      id: integration.IntegrationId ?? '',
      type: integration.IntegrationType ?? '',
      uri,
      functionName,
      byRole: integration.CredentialsArn !== undefined,
    },
  };
}
