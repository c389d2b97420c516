import {
  ApiGatewayV2Client,
  CreateIntegrationCommand,
  CreateIntegrationResponseCommand,
  CreateRouteCommand,
  CreateRouteResponseCommand,
  CreateStageCommand,
} from '@aws-sdk/client-apigatewayv2';
import { expect, it } from 'vitest';
import { testAccount } from '../../account.ts';
import { createWebSocketApi } from '../apigatewayv2/websocket-api.ts';
import { connect } from './client.ts';

const account = await testAccount();
const client = new ApiGatewayV2Client(account.client);

it('answers with a MOCK integration', async () => {
  const ApiId = await createWebSocketApi(client);
  const { IntegrationId } = await client.send(
    new CreateIntegrationCommand({
      ApiId,
      IntegrationType: 'MOCK',
      RequestTemplates: { '200': '{"statusCode":200}' },
      TemplateSelectionExpression: '200',
    }),
  );
  await client.send(
    new CreateIntegrationResponseCommand({
      ApiId,
      IntegrationId,
      IntegrationResponseKey: '$default',
      ResponseTemplates: { '200': 'pong' },
    }),
  );
  const Target = `integrations/${IntegrationId}`;
  await client.send(new CreateRouteCommand({ ApiId, RouteKey: '$connect', Target }));
  const { RouteId } = await client.send(
    new CreateRouteCommand({ ApiId, RouteKey: 'ping', Target, RouteResponseSelectionExpression: '$default' }),
  );
  await client.send(new CreateRouteResponseCommand({ ApiId, RouteId, RouteResponseKey: '$default' }));
  await client.send(new CreateStageCommand({ ApiId, StageName: 'prod', AutoDeploy: true }));
  const guest = await connect(`ws://127.0.0.1:${account.port}/_aws/execute-api/${ApiId}/prod`);
  guest.say({ action: 'ping' });
  expect(await guest.next()).toBe('pong');
  await guest.leave();
});

it('rejects templates with variables', async () => {
  const ApiId = await createWebSocketApi(client);
  const RequestTemplates = { $default: '{"statusCode":$input.path("$.status")}' };
  await expect(
    client.send(new CreateIntegrationCommand({ ApiId, IntegrationType: 'MOCK', RequestTemplates })),
  ).rejects.toMatchObject({ name: 'NotImplemented', message: expect.stringContaining('RequestTemplates') });
});
