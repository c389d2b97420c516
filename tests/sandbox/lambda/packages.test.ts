import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { expect, it, onTestFinished } from 'vitest';
import { packageRoot } from '../../../sandbox/account/package-root.ts';
import { startTestAccount } from '../../account.ts';
import { functionsOf, makeRole, sharedFunctions } from './functions.ts';

// Which packages a function can load: its own, and those of the SDK that AWS's runtime includes.

const functions = sharedFunctions();

it('finds no package of the workshop except the SDK, even if the account is inside it', async () => {
  const lab = join(packageRoot(), '.lab');
  await mkdir(lab, { recursive: true });
  const folder = await mkdtemp(join(lab, 'test-'));
  const inside = await startTestAccount({ folder });
  onTestFinished(async () => {
    await inside.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  const its = functionsOf(inside, await makeRole(inside));
  const sources: Record<string, Record<string, string>> = {
    required: { 'index.js': "require('@smithy/core'); require('ws')" },
    imported: { 'index.mjs': "import '@smithy/core'; import 'ws'" },
    computed: { 'index.mjs': "await import('@smithy/core'); await import(['w', 's'].join(''))" },
  };
  for (const [name, files] of Object.entries(sources)) {
    await its.create(name, files);
    expect((await its.invoke(name)).result).toMatchObject({
      errorType: 'Runtime.ImportModuleError',
      errorMessage: expect.stringMatching(/Cannot find (module|package) 'ws'/),
    });
  }
  await its.create('own', {
    'index.mjs': "import ws from 'ws'; export const handler = async () => ws",
    'node_modules/ws/package.json': '{"main":"own.cjs"}',
    'node_modules/ws/own.cjs': "module.exports = 'its own'",
  });
  expect((await its.invoke('own')).result).toBe('its own');
});

it('finds the parts of the SDK that help with DynamoDB', async () => {
  await functions.create('helpers', {
    'index.mjs': `import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
      import { marshall } from '@aws-sdk/util-dynamodb';
      export const handler = async () => [typeof DynamoDBDocumentClient.from, marshall({ a: 1 })];`,
  });
  expect((await functions.invoke('helpers')).result).toEqual(['function', { a: { N: '1' } }]);
});

it.each<[string, Record<string, string>]>([
  ['required', { 'index.js': "require('@aws-sdk/client-sqs'); exports.handler = async () => 1" }],
  ['imported', { 'index.mjs': "import '@aws-sdk/client-sqs/sub'; export const handler = async () => 1" }],
  ['computed', { 'index.mjs': "await import(['@aws-sdk', 'client-sqs'].join('/')); export const handler = () => 1" }],
])('names a part of the SDK that only AWS has, and what to do: %s', async (way, files) => {
  const name = `lacks-${way}`;
  await functions.create(name, files);
  const { result } = await functions.invoke(name);
  expect(result).toMatchObject({
    errorType: 'Runtime.ImportModuleError',
    errorMessage: expect.stringMatching(/Cannot find package '@aws-sdk\/client-sqs' imported from .*index\.m?js/),
  });
  const logs = new CloudWatchLogsClient(functions.account().client);
  const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${name}` }));
  expect(events.map(({ message }) => message).join()).toContain('npm install @aws-sdk/client-sqs');
});
