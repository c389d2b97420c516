import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { expect, it, onTestFinished } from 'vitest';
import { startTestAccount } from '../../account.ts';
import { create } from '../cloudformation/deploying.ts';
import { watch } from '../trace/watcher.ts';
import { makeRole } from './functions.ts';

/** The functions that have a process once two have one, after a restart of the account with these resources besides. */
async function preparedAgain(more: Readonly<Record<string, object>> = {}): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const before = await startTestAccount({ folder });
  const client = new CloudFormationClient(before.client);
  const Role = await makeRole(before);
  const fn = (FunctionName: string, more = {}) => ({
    Type: 'AWS::Lambda::Function',
    Properties: {
      FunctionName,
      Code: { ZipFile: 'exports.handler = async () => 1;' },
      Handler: 'index.handler',
      Role,
      Runtime: 'nodejs22.x',
    },
    ...more,
  });
  await create(client, 'earlier', { Resources: { Earlier: fn('earlier') } });
  await create(client, 'last', {
    Resources: { Last: fn('a-last', { DependsOn: 'First' }), First: fn('z-first'), ...more },
  });
  await before.close();

  const account = await startTestAccount({ folder, lasting: true });
  onTestFinished(() => account.close());
  const watcher = await watch(account);
  onTestFinished(() => watcher.close());
  const ready = () =>
    watcher.events.flatMap((event) =>
      event.kind === 'process' && event.state === 'ready' ? (event.function ?? '') : [],
    );
  await watcher.until(() => ready().length === 2);
  return ready();
}

it('an account that stays starts the functions of the stack that was deployed last, in their order', async () => {
  expect(await preparedAgain()).toEqual(['z-first', 'a-last']);
});

it('those that visitors of its room need come first', async () => {
  const room = {
    Api: {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: { Name: 'room', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' },
    },
    Integration: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: { Ref: 'Api' },
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: {
          // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own syntax
          'Fn::Sub': 'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${Last.Arn}/invocations',
        },
      },
    },
    Route: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: { Ref: 'Api' },
        RouteKey: 'sendmessage',
        Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'Integration' }]] },
      },
    },
    Deployment: { Type: 'AWS::ApiGatewayV2::Deployment', DependsOn: 'Route', Properties: { ApiId: { Ref: 'Api' } } },
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: { ApiId: { Ref: 'Api' }, StageName: 'prod', DeploymentId: { Ref: 'Deployment' } },
    },
  };
  expect(await preparedAgain(room)).toEqual(['a-last', 'z-first']);
});
