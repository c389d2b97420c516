import {
  ApiGatewayV2Client,
  CreateAuthorizerCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateRouteResponseCommand,
  DeleteAuthorizerCommand,
  DeleteIntegrationCommand,
  DeleteRouteCommand,
  GetAuthorizersCommand,
  GetIntegrationCommand,
  GetRouteCommand,
  GetRouteResponsesCommand,
  GetRoutesCommand,
  UpdateIntegrationCommand,
  UpdateRouteCommand,
} from '@aws-sdk/client-apigatewayv2';
import { expect, it } from 'vitest';
import { testAccount } from '../../account.ts';
import { createMock, createRoute, createWebSocketApi } from './websocket-api.ts';

const account = await testAccount();
const client = new ApiGatewayV2Client(account.client);
const ApiId = await createWebSocketApi(client);

const functionUri =
  'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:111122223333:function:f/invocations';

it('creates, reads, updates and deletes a route', async () => {
  const RouteId = await createRoute(client, ApiId, 'sendmessage');
  const route = await client.send(new GetRouteCommand({ ApiId, RouteId }));
  expect(route).toMatchObject({ RouteKey: 'sendmessage', AuthorizationType: 'NONE', ApiKeyRequired: false });
  await client.send(
    new UpdateRouteCommand({ ApiId, RouteId, RouteResponseSelectionExpression: '$default', OperationName: 'send' }),
  );
  await client.send(new CreateRouteResponseCommand({ ApiId, RouteId, RouteResponseKey: '$default' }));
  const { Items } = await client.send(new GetRouteResponsesCommand({ ApiId, RouteId }));
  expect(Items).toMatchObject([{ RouteResponseKey: '$default' }]);
  expect(await client.send(new GetRouteCommand({ ApiId, RouteId }))).toMatchObject({
    Target: route.Target,
    OperationName: 'send',
    RouteResponseSelectionExpression: '$default',
  });
  const { OperationName } = await client.send(new UpdateRouteCommand({ ApiId, RouteId, OperationName: '' }));
  expect(OperationName).toBeUndefined();
  await client.send(new DeleteRouteCommand({ ApiId, RouteId }));
  expect((await client.send(new GetRoutesCommand({ ApiId }))).Items).toEqual([]);
});

it('rejects a second route with the same key', async () => {
  await createRoute(client, ApiId, 'twice');
  await expect(createRoute(client, ApiId, 'twice')).rejects.toMatchObject({
    name: 'ConflictException',
    message: 'Route with key twice already exists for this API',
  });
});

it('rejects routes to a missing integration or authorizer', async () => {
  await expect(
    client.send(new CreateRouteCommand({ ApiId, RouteKey: 'a', Target: 'integrations/nowhere' })),
  ).rejects.toMatchObject({ name: 'NotFoundException', message: 'Invalid Integration identifier specified' });
  await expect(
    client.send(
      new CreateRouteCommand({ ApiId, RouteKey: '$connect', AuthorizationType: 'CUSTOM', AuthorizerId: 'nobody' }),
    ),
  ).rejects.toMatchObject({ name: 'NotFoundException' });
});

it('supports authorization on $connect only', async () => {
  await expect(
    client.send(new CreateRouteCommand({ ApiId, RouteKey: 'private', AuthorizationType: 'AWS_IAM' })),
  ).rejects.toMatchObject({
    name: 'BadRequestException',
    message: 'Currently, authorization is restricted to the $connect route only',
  });
});

it('rejects by name what it would not honor', async () => {
  await expect(
    client.send(new CreateRouteCommand({ ApiId, RouteKey: 'k', ApiKeyRequired: true })),
  ).rejects.toMatchObject({ name: 'NotImplemented', message: expect.stringContaining('ApiKeyRequired') });
  await expect(
    client.send(new CreateRouteCommand({ ApiId, RouteKey: 'k', RequestModels: { $default: 'm' } })),
  ).rejects.toMatchObject({ name: 'NotImplemented', message: expect.stringContaining('RequestModels') });
  await expect(
    client.send(new CreateIntegrationCommand({ ApiId, IntegrationType: 'HTTP', IntegrationUri: 'https://a.example' })),
  ).rejects.toMatchObject({ name: 'NotImplemented', message: expect.stringContaining('HTTP') });
});

it('creates and updates integrations with functions', async () => {
  const { IntegrationId, TimeoutInMillis } = await client.send(
    new CreateIntegrationCommand({
      ApiId,
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: functionUri,
      IntegrationMethod: 'POST',
    }),
  );
  expect(TimeoutInMillis).toBe(29_000);
  await client.send(new UpdateIntegrationCommand({ ApiId, IntegrationId, TimeoutInMillis: 50 }));
  expect(await client.send(new GetIntegrationCommand({ ApiId, IntegrationId }))).toMatchObject({
    IntegrationUri: functionUri,
    TimeoutInMillis: 50,
    ConnectionType: 'INTERNET',
  });
  await expect(
    client.send(new UpdateIntegrationCommand({ ApiId, IntegrationId, TimeoutInMillis: 30_000 })),
  ).rejects.toMatchObject({ message: 'Timeout should be between 50 ms and 29000 ms' });
  await expect(
    client.send(new CreateIntegrationCommand({ ApiId, IntegrationType: 'AWS_PROXY', IntegrationUri: 'arn:aws:x' })),
  ).rejects.toMatchObject({ name: 'BadRequestException' });
});

it('does not delete an integration that a route uses', async () => {
  const IntegrationId = await createMock(client, ApiId);
  const RouteId = await createRoute(client, ApiId, 'led', IntegrationId);
  await expect(client.send(new DeleteIntegrationCommand({ ApiId, IntegrationId }))).rejects.toMatchObject({
    name: 'ConflictException',
  });
  await client.send(new DeleteRouteCommand({ ApiId, RouteId }));
  await client.send(new DeleteIntegrationCommand({ ApiId, IntegrationId }));
});

it('supports only REQUEST authorizers', async () => {
  const authorizer = {
    ApiId,
    Name: 'who',
    AuthorizerUri: functionUri,
    IdentitySource: ['route.request.querystring.t'],
  };
  const { AuthorizerId } = await client.send(new CreateAuthorizerCommand({ ...authorizer, AuthorizerType: 'REQUEST' }));
  expect((await client.send(new GetAuthorizersCommand({ ApiId }))).Items).toMatchObject([
    { AuthorizerId, AuthorizerType: 'REQUEST', IdentitySource: ['route.request.querystring.t'] },
  ]);
  await expect(
    client.send(new CreateAuthorizerCommand({ ...authorizer, Name: 'jwt', AuthorizerType: 'JWT' })),
  ).rejects.toMatchObject({ name: 'BadRequestException' });
  await expect(
    client.send(
      new CreateAuthorizerCommand({ ...authorizer, Name: 'b', AuthorizerType: 'REQUEST', IdentitySource: ['token'] }),
    ),
  ).rejects.toMatchObject({ name: 'BadRequestException' });
  await client.send(new DeleteAuthorizerCommand({ ApiId, AuthorizerId }));
});
