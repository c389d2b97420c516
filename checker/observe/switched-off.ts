import type { Authorizer } from '@aws-sdk/client-apigatewayv2';
import type { Room, StackResource, Subject } from '../checking/check.ts';
import { allPages } from './pages.ts';
import { resourceNamed } from './physical-id.ts';
import { functionNameIn, observeRoutes } from './routes.ts';
import { stageVariables } from './stage-variables.ts';

/**
 * Returns the functions behind the room's routes and authorizers that Lambda never runs, because their reserved
 * concurrency is 0. Unreadable functions are left out.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
 */
export async function observeSwitchedOff(subject: Subject, room: Room): Promise<StackResource[]> {
  const { target, resources } = subject;
  const [gateway, lambda, { GetAuthorizersCommand }, { GetFunctionConcurrencyCommand }] = await Promise.all([
    target.clients.apigateway(),
    target.clients.lambda(),
    import('../aws/sdk/apigateway.ts'),
    import('../aws/sdk/lambda.ts'),
  ]);
  const [routes, authorizers] = await Promise.all([
    observeRoutes(subject, room),
    allPages<Authorizer>((NextToken) => gateway.send(new GetAuthorizersCommand({ ApiId: room.apiId, NextToken }))),
  ]);
  const uris = authorizers.map(({ AuthorizerUri }) => AuthorizerUri);
  const filled = await stageVariables(subject, room, uris);
  const names = [
    ...routes.map(({ integration }) => integration?.functionName),
    ...uris.map((uri) => functionNameIn(filled(uri))),
  ];
  const called = [...new Set(names)].flatMap((name) => resourceNamed(resources, 'AWS::Lambda::Function', name) ?? []);
  const off = await Promise.all(
    called.map(async (resource) => {
      const command = new GetFunctionConcurrencyCommand({ FunctionName: resource.physicalId });
      const { ReservedConcurrentExecutions } = await lambda
        .send(command)
        .catch(() => ({ ReservedConcurrentExecutions: undefined }));
      return ReservedConcurrentExecutions === 0 ? [resource] : [];
    }),
  );
  return off.flat();
}
