import type { Authorizer, Route } from '@aws-sdk/client-apigatewayv2';
import type { LiveAccount } from '../aws/account-events.ts';
import type { Subject } from '../checking/check.ts';
import { allPages } from '../observe/pages.ts';
import { functionNameIn, observeRoutes, observeStage } from '../observe/routes.ts';
import type { ApiDocument, AuthorizerDocument } from './deployed-room.ts';
import { labelOf } from './label.ts';

/** Reads the API with its routes, and the authorizers; no API if the stack has none. */
export async function observeApi(
  subject: Subject,
  live: LiveAccount | undefined,
): Promise<{ readonly api?: ApiDocument; readonly authorizers: readonly AuthorizerDocument[] }> {
  const { room, target } = subject;
  if ('missing' in room) return { authorizers: [] };
  const [client, { GetAuthorizersCommand, GetRoutesCommand }] = await Promise.all([
    target.clients.apigateway(),
    import('../aws/sdk/apigateway.ts'),
  ]);
  const ApiId = room.apiId;
  const [routes, stage, settings, authorizers] = await Promise.all([
    observeRoutes(subject, room),
    observeStage(subject, room),
    allPages<Route>((NextToken) => client.send(new GetRoutesCommand({ ApiId, NextToken }))),
    allPages<Authorizer>((NextToken) => client.send(new GetAuthorizersCommand({ ApiId, NextToken }))),
  ]);
  const served = live?.stages.find(({ apiId, stage: name }) => apiId === ApiId && name === room.stageName)?.routes;
  return {
    api: {
      id: ApiId,
      label: labelOf(subject, room.api),
      selection: room.routeSelection ?? '$request.body.action',
      address: room.address,
      stage: { name: stage.name, ...stage.throttle },
      routes: routes.map(({ routeKey, routeId, answers, integration }) => {
        const { AuthorizationType = 'NONE', AuthorizerId } = settings.find(({ RouteId }) => RouteId === routeId) ?? {};
        return {
          key: routeKey,
          authorization: AuthorizationType,
          authorizer: AuthorizerId,
          integration: integration?.type,
          function: integration?.functionName,
          answers,
          // AWS doesn't return what a deployment contains; a stage with `autoDeploy` serves the current routes.
          isLive: served === undefined ? stage.autoDeploy : served.includes(routeKey),
        };
      }),
    },
    authorizers: authorizers.map(({ AuthorizerId = '', Name = '', AuthorizerUri, IdentitySource = [] }) => {
      const name = functionNameIn(AuthorizerUri);
      return {
        id: AuthorizerId,
        name: Name,
        function: name,
        identitySource: IdentitySource,
      };
    }),
  };
}
