import {
  ApiGatewayV2Client,
  CreateAuthorizerCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateRouteResponseCommand,
  CreateStageCommand,
  type CreateStageCommandInput,
  UpdateRouteCommand,
} from '@aws-sdk/client-apigatewayv2';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { AddPermissionCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import { afterAll } from 'vitest';
import { type TestAccount, testAccount } from '../../account.ts';
import { createWebSocketApi } from '../apigatewayv2/websocket-api.ts';
import { note, startEventSink } from './event-sink.ts';

/** An event as a function received it. */
export interface FunctionEvent {
  readonly [member: string]: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly requestContext: Readonly<Record<string, unknown>>;
}

export interface DeployedApi {
  readonly apiId: string;
  readonly url: string;
  readonly apigateway: ApiGatewayV2Client;
  /** Of the one function behind all routes. */
  readonly functionArn: string;
  readonly integrationId: string;
  /** Adds a route to the function. */
  route(routeKey: string, answers?: 'answers'): Promise<string>;
  /** Adds an authorizer to `$connect`, with the function of this source. */
  authorize(source: string, identitySource?: string[]): Promise<void>;
  /** The events that functions received, once as many as asked for match. */
  events(passes: (event: FunctionEvent) => boolean, count?: number): Promise<FunctionEvent[]>;
  clean(): Promise<void>;
}

/** Does what the message or the handshake's query says, and records its events. */
const obedient = `${note}
const parse = (text) => { try { return JSON.parse(text); } catch { return {}; } };
exports.handler = async (event) => {
  await note(event);
  const told = event.body === undefined ? parse(event.queryStringParameters?.told ?? '{}') : parse(event.body);
  if (told.sleep) await new Promise((resolve) => setTimeout(resolve, told.sleep));
  if (told.throws) throw new Error(told.throws);
  return told.nothing ? undefined : told.answer ?? { statusCode: 200 };
};`;

/** The address whose query says what the obedient function does on `$connect`. */
export function telling(url: string, told: object): string {
  return `${url}?told=${encodeURIComponent(JSON.stringify(told))}`;
}

/** The account of a test file with one API, which both end after its last test. */
export async function testApi(): Promise<{ readonly account: TestAccount; readonly api: DeployedApi }> {
  let api: DeployedApi | undefined;
  // Hooks run in reverse: its functions write until the account is closed.
  afterAll(() => api?.clean());
  const account = await testAccount();
  api = await deployApi(account);
  return { account, api };
}

/**
 * Deploys an API with `$connect`, `$disconnect`, `$default` and `echo`, which answers, all handled by the obedient
 * function.
 */
export async function deployApi(
  account: TestAccount,
  stage: Partial<CreateStageCommandInput> = { AutoDeploy: true },
  routes: readonly string[] = ['$connect', '$disconnect', '$default'],
): Promise<DeployedApi> {
  const sink = await startEventSink();
  const apigateway = new ApiGatewayV2Client(account.client);
  const lambda = new LambdaClient(account.client);
  const apiId = await createWebSocketApi(apigateway);
  const roleArn = await createRole(account, `functions-of-${apiId}`);

  async function createFunction(FunctionName: string, source: string, SourceArn: string): Promise<string> {
    const { FunctionArn = '' } = await lambda.send(
      new CreateFunctionCommand({
        FunctionName,
        Role: roleArn,
        Runtime: 'nodejs20.x',
        Handler: 'index.handler',
        Timeout: 10,
        Environment: { Variables: { EVENTS: sink.address } },
        Code: { ZipFile: zipSync({ 'index.js': strToU8(source) }) },
      }),
    );
    await lambda.send(
      new AddPermissionCommand({
        FunctionName,
        StatementId: 'apigateway',
        Action: 'lambda:InvokeFunction',
        Principal: 'apigateway.amazonaws.com',
        SourceArn: `arn:aws:execute-api:us-east-1:111122223333:${apiId}/${SourceArn}`,
      }),
    );
    return FunctionArn;
  }

  const functionArn = await createFunction(`obedient-${apiId}`, obedient, '*');
  const { IntegrationId: integrationId = '' } = await apigateway.send(
    new CreateIntegrationCommand({
      ApiId: apiId,
      IntegrationType: 'AWS_PROXY',
      IntegrationMethod: 'POST',
      IntegrationUri: integrationUri(functionArn),
    }),
  );
  const routeIds = new Map<string, string>();
  const api: DeployedApi = {
    apiId,
    url: `ws://127.0.0.1:${account.port}/_aws/execute-api/${apiId}/prod`,
    apigateway,
    functionArn,
    integrationId,
    async route(RouteKey, answers) {
      const { RouteId = '' } = await apigateway.send(
        new CreateRouteCommand({
          ApiId: apiId,
          RouteKey,
          Target: `integrations/${integrationId}`,
          ...(answers === undefined ? {} : { RouteResponseSelectionExpression: '$default' }),
        }),
      );
      routeIds.set(RouteKey, RouteId);
      if (answers !== undefined) {
        await apigateway.send(new CreateRouteResponseCommand({ ApiId: apiId, RouteId, RouteResponseKey: '$default' }));
      }
      return RouteId;
    },
    async authorize(source, IdentitySource = ['route.request.querystring.token']) {
      const arn = await createFunction(`authorizer-${apiId}`, source, 'authorizers/*');
      const { AuthorizerId } = await apigateway.send(
        new CreateAuthorizerCommand({
          ApiId: apiId,
          Name: 'authorizer',
          AuthorizerType: 'REQUEST',
          AuthorizerUri: integrationUri(arn),
          IdentitySource,
        }),
      );
      const RouteId = routeIds.get('$connect');
      await apigateway.send(
        new UpdateRouteCommand({ ApiId: apiId, RouteId, AuthorizationType: 'CUSTOM', AuthorizerId }),
      );
    },
    async events(passes, count = 1) {
      const deadline = Date.now() + 20_000;
      for (;;) {
        const events = (sink.events as FunctionEvent[]).filter(passes);
        if (events.length >= count) return events;
        if (Date.now() > deadline) {
          throw new Error(`Only ${events.length} of ${count} events came:\n${JSON.stringify(sink.events)}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    clean: sink.close,
  };
  for (const routeKey of routes) await api.route(routeKey);
  await api.route('echo', 'answers');
  await apigateway.send(new CreateStageCommand({ ApiId: apiId, StageName: 'prod', ...stage }));
  return api;
}

/** A role that Lambda and API Gateway can assume. */
export async function createRole(account: TestAccount, RoleName: string): Promise<string> {
  const { Role } = await new IAMClient(account.client).send(
    new CreateRoleCommand({
      RoleName,
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { Service: ['lambda.amazonaws.com', 'apigateway.amazonaws.com'] },
          },
        ],
      }),
    }),
  );
  return Role?.Arn ?? '';
}

/** Lets a role do something. */
export async function allow(account: TestAccount, RoleName: string, statement: object): Promise<void> {
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', ...statement } });
  await new IAMClient(account.client).send(
    new PutRolePolicyCommand({ RoleName, PolicyName: 'allowed', PolicyDocument }),
  );
}

export function integrationUri(functionArn: string): string {
  return `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
}
