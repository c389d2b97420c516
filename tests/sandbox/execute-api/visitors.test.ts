import { CreateIntegrationCommand, CreateRouteCommand } from '@aws-sdk/client-apigatewayv2';
import { AddPermissionCommand } from '@aws-sdk/client-lambda';
import { expect, it, onTestFinished } from 'vitest';
import { testAccount } from '../../account.ts';
import { functionsOf, makeRole } from '../lambda/functions.ts';
import { watch } from '../trace/watcher.ts';
import { connect } from './client.ts';
import { deployApi, integrationUri } from './deployed-api.ts';

const account = await testAccount();

/** An API with a function of its own behind each of these routes, by the functions' names. */
async function apiWith(routes: Readonly<Record<string, { readonly route: string; readonly source: string }>>) {
  const api = await deployApi(account, { AutoDeploy: true }, ['$connect']);
  onTestFinished(() => api.clean());
  const { create, lambda } = functionsOf(account, await makeRole(account, `role-${api.apiId}`));
  for (const [name, { route, source }] of Object.entries(routes)) {
    const { FunctionArn = '' } = await create(name, { 'index.js': source });
    await lambda.send(
      new AddPermissionCommand({
        FunctionName: name,
        StatementId: 'apigateway',
        Action: 'lambda:InvokeFunction',
        Principal: 'apigateway.amazonaws.com',
      }),
    );
    const { IntegrationId } = await api.apigateway.send(
      new CreateIntegrationCommand({
        ApiId: api.apiId,
        IntegrationType: 'AWS_PROXY',
        IntegrationMethod: 'POST',
        IntegrationUri: integrationUri(FunctionArn),
      }),
    );
    const Target = `integrations/${IntegrationId}`;
    await api.apigateway.send(new CreateRouteCommand({ ApiId: api.apiId, RouteKey: route, Target }));
  }
  return api;
}

const answers = 'exports.handler = async () => ({ statusCode: 200 });';

it("a room's own routes have a process as soon as somebody has joined", async () => {
  const api = await apiWith({ talk: { route: 'talk', source: answers } });
  const watcher = await watch(account);
  onTestFinished(() => watcher.close());
  const client = await connect(api.url);
  await watcher.find((event) => event.kind === 'process' && event.function === 'talk' && event.state === 'ready');
  client.say({ action: 'talk' });
  const first = await watcher.find((event) => event.kind === 'invocation' && event.function === 'talk');
  expect(first).toMatchObject({ cold: false });
  await client.leave();
});

it('a function that fails to load is not started again for everybody who joins', async () => {
  const api = await apiWith({
    broken: { route: 'broken', source: "throw new Error('not today');" },
    works: { route: 'works', source: answers },
  });
  const watcher = await watch(account);
  onTestFinished(() => watcher.close());
  const states = () =>
    watcher.events.flatMap((event) => (event.kind === 'process' && event.function === 'broken' ? event.state : []));
  await (await connect(api.url)).leave();
  await watcher.until(() => states().includes('ended'));
  const client = await connect(api.url);
  const returns = () => watcher.events.filter((event) => event.kind === 'return' && event.function === 'works').length;
  // Long enough for another start.
  for (let messages = 1; messages <= 20; messages += 1) {
    client.say({ action: 'works' });
    await watcher.until(() => returns() === messages);
  }
  await client.leave();
  expect(states()).toEqual(['starting', 'ended']);
});
