import {
  type ApiGatewayV2Client,
  CreateApiCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
} from '@aws-sdk/client-apigatewayv2';

/** Creates a WebSocket API that selects routes by `action`, and returns its id. */
export async function createWebSocketApi(client: ApiGatewayV2Client, name = 'chat'): Promise<string> {
  const { ApiId = '' } = await client.send(
    new CreateApiCommand({
      Name: name,
      ProtocolType: 'WEBSOCKET',
      RouteSelectionExpression: '$request.body.action',
    }),
  );
  return ApiId;
}

/** Creates a MOCK integration, which answers 200, and returns its id. */
export async function createMock(client: ApiGatewayV2Client, ApiId: string): Promise<string> {
  const { IntegrationId = '' } = await client.send(new CreateIntegrationCommand({ ApiId, IntegrationType: 'MOCK' }));
  return IntegrationId;
}

/** Creates a route and returns its id; it gets its own MOCK integration unless one is named. */
export async function createRoute(
  client: ApiGatewayV2Client,
  ApiId: string,
  RouteKey: string,
  integrationId?: string,
): Promise<string> {
  const Target = `integrations/${integrationId ?? (await createMock(client, ApiId))}`;
  const { RouteId = '' } = await client.send(new CreateRouteCommand({ ApiId, RouteKey, Target }));
  return RouteId;
}
