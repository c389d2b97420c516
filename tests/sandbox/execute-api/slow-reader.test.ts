import {
  ApiGatewayV2Client,
  CreateIntegrationCommand,
  CreateIntegrationResponseCommand,
  CreateRouteCommand,
  CreateRouteResponseCommand,
  CreateStageCommand,
} from '@aws-sdk/client-apigatewayv2';
import { expect, it, onTestFinished } from 'vitest';
import { startTestAccount } from '../../account.ts';
import { createWebSocketApi } from '../apigatewayv2/websocket-api.ts';
import { connect } from './client.ts';

/** More than both ends and the system can buffer together, at 20 KB a message. */
const messages = 3_000;

/** Starts an account with an API that answers each message with 20 KB, without a function, and returns its address. */
async function startAnsweringApi(): Promise<string> {
  const account = await startTestAccount();
  onTestFinished(() => account.close());
  const client = new ApiGatewayV2Client(account.client);
  const ApiId = await createWebSocketApi(client);
  const integration = { ApiId, IntegrationType: 'MOCK', TemplateSelectionExpression: '200' } as const;
  const { IntegrationId } = await client.send(
    new CreateIntegrationCommand({ ...integration, RequestTemplates: { '200': '{"statusCode":200}' } }),
  );
  await client.send(
    new CreateIntegrationResponseCommand({
      ApiId,
      IntegrationId,
      IntegrationResponseKey: '$default',
      ResponseTemplates: { '200': 'a'.repeat(20_000) },
    }),
  );
  const Target = `integrations/${IntegrationId}`;
  await client.send(new CreateRouteCommand({ ApiId, RouteKey: '$connect', Target }));
  const { RouteId } = await client.send(
    new CreateRouteCommand({ ApiId, RouteKey: '$default', Target, RouteResponseSelectionExpression: '$default' }),
  );
  await client.send(new CreateRouteResponseCommand({ ApiId, RouteId, RouteResponseKey: '$default' }));
  await client.send(new CreateStageCommand({ ApiId, StageName: 'prod', AutoDeploy: true }));
  return `ws://127.0.0.1:${account.port}/_aws/execute-api/${ApiId}/prod`;
}

it('stops reading from a client whose answers pile up, and answers each message once it reads', async () => {
  const { socket } = await connect(await startAnsweringApi());
  let [taken, answered] = [0, 0];
  socket.on('message', () => {
    answered += 1;
  });
  socket.pause();
  async function sendAll(): Promise<void> {
    for (let sent = 0; sent < messages; sent += 1) {
      await new Promise<void>((resolve) => socket.send('m'.repeat(20_000), () => resolve()));
      taken += 1;
    }
  }
  const sending = sendAll();
  let [before, unchanged] = [0, 0];
  const hasStopped = () => {
    unchanged = taken === before ? unchanged + 1 : 0;
    before = taken;
    return unchanged >= 20;
  };
  await expect.poll(hasStopped, { timeout: 50_000, interval: 50 }).toBe(true);
  expect(taken).toBeLessThan(messages);
  socket.resume();
  await sending;
  await expect.poll(() => answered, { timeout: 50_000 }).toBe(messages);
  socket.close();
});
