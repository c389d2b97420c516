import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { expect, it, onTestFinished } from 'vitest';
import { administrator } from '../../../sandbox/authorization/administrator.ts';
import { stacks } from '../../../sandbox/services/cloudformation/records.ts';
import { Store } from '../../../sandbox/state/store.ts';
import { startTestAccount } from '../../account.ts';
import { create } from '../cloudformation/deploying.ts';
import { watch } from '../trace/watcher.ts';
import { makeRole } from './functions.ts';

interface Restart {
  /** Changes the account's folder before it starts again. */
  readonly meanwhile?: (folder: string, accountId: string) => Promise<void>;
  /** Whether to wait no longer. By default, two functions are enough. */
  readonly isEnough?: (ready: readonly string[]) => boolean;
}

/** The functions that have a process once enough have one, after a restart of the account with these resources besides. */
async function preparedAgain(
  more: Readonly<Record<string, object>> = {},
  { meanwhile = async () => {}, isEnough = ({ length }) => length === 2 }: Restart = {},
): Promise<string[]> {
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
  await meanwhile(folder, before.identity.accountId);

  const account = await startTestAccount({ folder, lasting: true });
  onTestFinished(() => account.close());
  const watcher = await watch(account);
  onTestFinished(() => watcher.close());
  const ready = () =>
    watcher.events.flatMap((event) =>
      event.kind === 'process' && event.state === 'ready' ? (event.function ?? '') : [],
    );
  await watcher.until(() => isEnough(ready()));
  return ready();
}

it('an account that stays starts the functions of the stack that was deployed last, in their order', async () => {
  expect(await preparedAgain()).toEqual(['z-first', 'a-last']);
});

it('if a crash interrupted its creation, those of the stack before it are started', async () => {
  const interrupt = async (folder: string, accountId: string) => {
    const store = await Store.open(join(folder, 'state'));
    const scope = `${accountId}/us-east-1`;
    const last = stacks.list(store, scope).find(({ StackName }) => StackName === 'last');
    const operation = {
      id: '1',
      caller: administrator(accountId),
      onFailure: 'ROLLBACK',
      retainExceptOnCreate: false,
      retain: [],
    };
    const value = { ...last, StackStatus: 'CREATE_IN_PROGRESS', operation };
    const id = last?.StackId.split('/').at(-1) ?? '';
    await store.commit([{ scope, collection: 'cloudformation/stack', id, value }]);
    await store.close();
  };
  expect(await preparedAgain({}, { meanwhile: interrupt, isEnough: (ready) => ready.includes('earlier') })).toContain(
    'earlier',
  );
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
