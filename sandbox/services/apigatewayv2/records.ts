import type { AccessLogSettings, AuthorizationType, RouteSettings } from '@aws-sdk/client-apigatewayv2';
import { collection } from '../../state/collection.ts';

/** API Gateway's settings for a whole account and region. */
export interface AccountRecord {
  /** The role that API Gateway writes the logs of stages as. */
  readonly CloudwatchRoleArn: string;
}

/** A WebSocket API. Members are named as in the API reference; dates are ISO 8601. */
export interface ApiRecord {
  readonly ApiId: string;
  readonly Name: string;
  readonly Description?: string;
  readonly Version?: string;
  readonly RouteSelectionExpression: string;
  readonly CreatedDate: string;
  readonly Tags: Readonly<Record<string, string>>;
}

export interface RouteRecord {
  readonly ApiId: string;
  readonly RouteId: string;
  readonly RouteKey: string;
  readonly AuthorizationType: AuthorizationType;
  readonly AuthorizerId?: string;
  readonly OperationName?: string;
  readonly RouteResponseSelectionExpression?: string;
  /** `integrations/<id>` */
  readonly Target?: string;
}

export interface RouteResponseRecord {
  readonly ApiId: string;
  readonly RouteId: string;
  readonly RouteResponseId: string;
  readonly RouteResponseKey: string;
}

export interface IntegrationRecord {
  readonly ApiId: string;
  readonly IntegrationId: string;
  readonly IntegrationType: 'AWS_PROXY' | 'MOCK';
  readonly IntegrationUri?: string;
  readonly IntegrationMethod?: string;
  readonly CredentialsArn?: string;
  readonly Description?: string;
  readonly RequestTemplates?: Readonly<Record<string, string>>;
  readonly TemplateSelectionExpression?: string;
  readonly TimeoutInMillis: number;
}

export interface IntegrationResponseRecord {
  readonly ApiId: string;
  readonly IntegrationId: string;
  readonly IntegrationResponseId: string;
  /** `$default`, or a status between slashes: `/200/`. */
  readonly IntegrationResponseKey: string;
  readonly ResponseTemplates?: Readonly<Record<string, string>>;
  readonly TemplateSelectionExpression?: string;
}

export interface AuthorizerRecord {
  readonly ApiId: string;
  readonly AuthorizerId: string;
  readonly Name: string;
  readonly AuthorizerUri: string;
  readonly AuthorizerCredentialsArn?: string;
  readonly IdentitySource: readonly string[];
}

export interface StageRecord {
  readonly ApiId: string;
  readonly StageName: string;
  readonly AutoDeploy: boolean;
  readonly DeploymentId?: string;
  readonly Description?: string;
  readonly LastDeploymentStatusMessage?: string;
  readonly AccessLogSettings?: Readonly<AccessLogSettings>;
  readonly DefaultRouteSettings?: Readonly<RouteSettings>;
  readonly RouteSettings: Readonly<Record<string, Readonly<RouteSettings>>>;
  readonly StageVariables: Readonly<Record<string, string>>;
  readonly CreatedDate: string;
  readonly LastUpdatedDate: string;
  readonly Tags: Readonly<Record<string, string>>;
}

/** One route as frozen in a deployment, with everything that serving it takes. */
export interface LiveRoute {
  readonly RouteKey: string;
  readonly AuthorizationType: AuthorizationType;
  readonly authorizer?: AuthorizerRecord;
  readonly integration?: IntegrationRecord;
  readonly integrationResponses: readonly IntegrationResponseRecord[];
  /** Whether the integration's answer goes to the client: the route has a route response. */
  readonly answers: boolean;
}

/** The API as a stage serves it: its state when it was deployed. */
export interface Snapshot {
  readonly RouteSelectionExpression: string;
  /** By route key. */
  readonly routes: Readonly<Record<string, LiveRoute>>;
}

export interface DeploymentRecord {
  readonly ApiId: string;
  readonly DeploymentId: string;
  readonly AutoDeployed: boolean;
  readonly Description?: string;
  readonly CreatedDate: string;
  readonly snapshot: Snapshot;
}

/** The one record of an account and region has the id `settings`. */
export const accounts = collection<AccountRecord>('apigatewayv2/account');
export const apis = collection<ApiRecord>('apigatewayv2/api');
/** Everything that belongs to an API is stored under `<apiId>/<id>`, see `within`. */
export const routes = collection<RouteRecord>('apigatewayv2/route');
export const routeResponses = collection<RouteResponseRecord>('apigatewayv2/route-response');
export const integrations = collection<IntegrationRecord>('apigatewayv2/integration');
export const integrationResponses = collection<IntegrationResponseRecord>('apigatewayv2/integration-response');
export const authorizers = collection<AuthorizerRecord>('apigatewayv2/authorizer');
export const stages = collection<StageRecord>('apigatewayv2/stage');
export const deployments = collection<DeploymentRecord>('apigatewayv2/deployment');

/** The key of something that belongs to an API. */
export function keyWithinApi(apiId: string, id: string): string {
  return `${apiId}/${id}`;
}
