import { CreateIntegrationCommand, CreateRouteCommand } from '@aws-sdk/client-apigatewayv2';
import { expect, it, onTestFinished } from 'vitest';
import { testAccount } from '../../account.ts';
import { functionsOf, makeRole } from '../lambda/functions.ts';
import { watch } from '../trace/watcher.ts';
import { connect } from './client.ts';
import { deployApi, integrationUri } from './deployed-api.ts';

const account = await testAccount();

it('whoever joins finds a process for their first message, of which the invocation is not cold', async () => {
  const api = await deployApi(account, { AutoDeploy: true }, ['$connect']);
  onTestFinished(() => api.clean());
  const { create } = functionsOf(account, await makeRole(account));
  for (const [name, RouteKey] of Object.entries({ other: '$default', talk: 'talk' })) {
    const source = { 'index.js': 'exports.handler = async () => ({ statusCode: 200 });' };
    const { FunctionArn = '' } = await create(name, source);
    const { IntegrationId } = await api.apigateway.send(
      new CreateIntegrationCommand({
        ApiId: api.apiId,
        IntegrationType: 'AWS_PROXY',
        IntegrationMethod: 'POST',
        IntegrationUri: integrationUri(FunctionArn),
      }),
    );
    await api.apigateway.send(
      new CreateRouteCommand({ ApiId: api.apiId, RouteKey, Target: `integrations/${IntegrationId}` }),
    );
  }
  const watcher = await watch(account);
  onTestFinished(() => watcher.close());
  const client = await connect(api.url);
  onTestFinished(() => client.leave());
  await watcher.find((event) => event.kind === 'process' && event.function === 'talk' && event.state === 'ready');
  expect(watcher.events.some((event) => event.kind === 'invocation' && event.function === 'talk')).toBe(false);
  expect(watcher.events.some((event) => event.kind === 'process' && event.function === 'other')).toBe(false);
});
