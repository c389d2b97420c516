import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { expect, it, onTestFinished } from 'vitest';
import { startTestAccount } from '../../account.ts';
import { create } from '../cloudformation/deploying.ts';
import { watch } from '../trace/watcher.ts';
import { makeRole } from './functions.ts';

it('an account that stays starts the functions of the stack that was deployed last, in their order', async () => {
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
  await create(client, 'last', { Resources: { Last: fn('a-last', { DependsOn: 'First' }), First: fn('z-first') } });
  await before.close();

  const account = await startTestAccount({ folder, lasting: true });
  onTestFinished(() => account.close());
  const watcher = await watch(account);
  onTestFinished(() => watcher.close());
  const ready = () =>
    watcher.events.flatMap((event) => (event.kind === 'process' && event.state === 'ready' ? event.function : []));
  await watcher.until(() => ready().length === 2);
  expect(ready()).toEqual(['z-first', 'a-last']);
});
