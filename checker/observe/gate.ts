import type { Authorizer, Route } from '@aws-sdk/client-apigatewayv2';
import type { Evidence, Room, Subject } from '../checking/check.ts';
import { mayBeInvoked } from './may-be-invoked.ts';
import { allPages } from './pages.ts';
import { resourceNamed } from './physical-id.ts';
import { functionNameIn } from './routes.ts';
import { stageVariables } from './stage-variables.ts';

/** The people `$connect` admits, according to the API's configuration. The live deployment may differ. */
export interface Gate {
  /** `NONE`, `CUSTOM`, `AWS_IAM`; undefined if the API has no route `$connect`. */
  readonly authorizationType?: string;
  readonly apiKeyRequired: boolean;
  /** The logical id of the route, if the stack created it. */
  readonly route?: string;
  /** The route's authorizer. */
  readonly authorizer?: Asked;
  /** The names of all authorizers of the API. */
  readonly authorizers: readonly string[];
  /** The function behind `$connect`. */
  readonly connect?: string;
  /** Its logical id, if the stack created it. */
  readonly connectId?: string;
}

/** A route's authorizer. */
export interface Asked {
  readonly id: string;
  readonly name: string;
  readonly identitySources: readonly string[];
  readonly functionName?: string;
  /** The logical id of its function, if the stack created it. */
  readonly logicalId?: string;
  /** The authorizer's own logical id, if the stack created it. */
  readonly resource?: string;
  /** Whether somebody created it in the account rather than through the stack. */
  readonly byHand?: boolean;
  /** Whether API Gateway is allowed to invoke that function; undefined if it does so with a role. */
  readonly mayBeInvoked?: boolean;
  /** Set if the account has no such function. */
  readonly isFunctionGone?: true;
}

/** GetRoutes, GetIntegrations and GetAuthorizers, and the policy of the authorizer's function. */
export async function observeGate(subject: Pick<Subject, 'target' | 'resources'>, room: Room): Promise<Gate> {
  const { target, resources } = subject;
  const [client, { GetRoutesCommand, GetAuthorizersCommand, GetIntegrationCommand }] = await Promise.all([
    target.clients.apigateway(),
    import('../aws/sdk/apigateway.ts'),
  ]);
  const ApiId = room.apiId;
  const [routes, authorizers] = await Promise.all([
    allPages<Route>((NextToken) => client.send(new GetRoutesCommand({ ApiId, NextToken }))),
    allPages<Authorizer>((NextToken) => client.send(new GetAuthorizersCommand({ ApiId, NextToken }))),
  ]);
  const names = authorizers.map(({ Name = '' }) => Name);
  const route: Route | undefined = routes.find(({ RouteKey }) => RouteKey === '$connect');
  if (route === undefined) return { apiKeyRequired: false, authorizers: names };
  const made = resourceNamed(resources, 'AWS::ApiGatewayV2::Route', route.RouteId);
  const authorizer = authorizers.find(({ AuthorizerId }) => AuthorizerId === route.AuthorizerId);
  const IntegrationId = route.Target?.replace(/^integrations\//, '');
  const integration =
    IntegrationId === undefined
      ? undefined
      : await client.send(new GetIntegrationCommand({ ApiId: room.apiId, IntegrationId }));
  const filled = await stageVariables(subject, room, [integration?.IntegrationUri, authorizer?.AuthorizerUri]);
  const connect = functionNameIn(filled(integration?.IntegrationUri));
  return {
    authorizationType: route.AuthorizationType ?? 'NONE',
    apiKeyRequired: route.ApiKeyRequired === true,
    route: made?.logicalId,
    authorizer:
      authorizer && (await asked(subject, room, { ...authorizer, AuthorizerUri: filled(authorizer.AuthorizerUri) })),
    authorizers: names,
    connect,
    connectId: resourceNamed(resources, 'AWS::Lambda::Function', connect)?.logicalId,
  };
}

async function asked(
  subject: Pick<Subject, 'target' | 'resources'>,
  room: Room,
  { AuthorizerId: id = '', Name: name = '', IdentitySource = [], AuthorizerUri, AuthorizerCredentialsArn }: Authorizer,
): Promise<Asked> {
  const functionName = functionNameIn(AuthorizerUri);
  const made = resourceNamed(subject.resources, 'AWS::Lambda::Function', functionName);
  const resource = resourceNamed(subject.resources, 'AWS::ApiGatewayV2::Authorizer', id)?.logicalId;
  const invoked =
    functionName === undefined || AuthorizerCredentialsArn !== undefined
      ? {}
      : invocable(await mayBeInvoked(subject, functionName, `${room.apiId}/authorizers/${id}`));
  return {
    id,
    name,
    identitySources: IdentitySource,
    functionName,
    logicalId: made?.logicalId,
    ...(resource === undefined ? { byHand: true } : { resource }),
    ...invoked,
  };
}

function invocable(allowed: boolean | undefined): Pick<Asked, 'mayBeInvoked' | 'isFunctionGone'> {
  return allowed === undefined ? { isFunctionGone: true } : { mayBeInvoked: allowed };
}

/** Describes the gate as evidence. */
export function gateEvidence({ apiId }: Room, gate: Gate): Evidence[] {
  const { authorizationType = 'no such route', authorizer, authorizers } = gate;
  const route: Evidence = {
    source: 'GetRoutes',
    about: apiId,
    lines: [
      `$connect: AuthorizationType ${authorizationType}, AuthorizerId ${authorizer?.id ?? 'none'}`,
      ...(gate.apiKeyRequired ? ['$connect: ApiKeyRequired true'] : []),
    ],
    ...(authorizationType === 'CUSTOM' ? {} : { marked: [0] }),
  };
  if (authorizer === undefined) {
    const lines = [authorizers.length === 0 ? 'no authorizers' : `${authorizers.join(', ')}: not used by $connect`];
    return [route, { source: 'GetAuthorizers', about: apiId, lines }];
  }
  const { identitySources, functionName = 'no function', mayBeInvoked, isFunctionGone = false } = authorizer;
  const lines = [
    `${authorizer.name}: invokes ${functionName}${isFunctionGone ? ", which doesn't exist" : ''}`,
    `identity source: ${identitySources.length === 0 ? 'none' : identitySources.join(', ')}`,
    ...(mayBeInvoked === false ? ["API Gateway isn't allowed to invoke that function for this authorizer"] : []),
  ];
  // Why nobody can get in with it: it can't be invoked, or expects something that no browser sends.
  const deciding = isFunctionGone
    ? [0]
    : mayBeInvoked === false
      ? [2]
      : identitySources.some((at) => /\.header\./i.test(at))
        ? [1]
        : [];
  return [
    route,
    { source: 'GetAuthorizers', about: apiId, lines, ...(deciding.length === 0 ? {} : { marked: deciding }) },
  ];
}

/** Whether the authorizer invokes the function that is also behind `$connect`, most likely by mistake. */
export function invokesConnect({ authorizer, connect }: Gate): boolean {
  return connect !== undefined && authorizer?.functionName === connect;
}

/** Returns what to point at for the gate's decisions: the authorizer's function, or else the route, or else the API. */
export function placeOfGate({ api }: Room, { authorizer, route }: Gate): string {
  return authorizer?.logicalId ?? route ?? api;
}
