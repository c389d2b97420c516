import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { expect, it, onTestFinished } from 'vitest';
import { startTestAccount } from '../../account.ts';
import { makeRole } from '../lambda/functions.ts';
import { create, update } from './deploying.ts';

it("what a template no longer says about a function's log is back to its default", async () => {
  const account = await startTestAccount({ preparesFunctions: false });
  onTestFinished(() => account.close());
  const client = new CloudFormationClient(account.client);
  const lambda = new LambdaClient(account.client);
  const Role = await makeRole(account);
  const template = (LoggingConfig?: object) => ({
    Resources: {
      Fn: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          FunctionName: 'logs',
          Code: { ZipFile: 'exports.handler = async () => 1;' },
          Handler: 'index.handler',
          Role,
          Runtime: 'nodejs22.x',
          ...(LoggingConfig === undefined ? {} : { LoggingConfig }),
        },
      },
    },
  });
  const deployed = async () =>
    (await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'logs' }))).LoggingConfig;
  const quiet = { LogFormat: 'JSON', ApplicationLogLevel: 'FATAL', SystemLogLevel: 'WARN', LogGroup: 'mine' };
  await create(client, 'logging', template(quiet));
  expect(await deployed()).toEqual(quiet);
  await update(client, 'logging', template({ LogFormat: 'JSON' }));
  const usual = { ApplicationLogLevel: 'INFO', SystemLogLevel: 'INFO' };
  expect(await deployed()).toEqual({ LogFormat: 'JSON', LogGroup: '/aws/lambda/logs', ...usual });
  await update(client, 'logging', template(quiet));
  await update(client, 'logging', template({ LogGroup: 'mine' }));
  expect(await deployed()).toEqual({ LogFormat: 'Text', LogGroup: 'mine' });
  await update(client, 'logging', template(quiet));
  await update(client, 'logging', template());
  expect(await deployed()).toEqual({ LogFormat: 'Text', LogGroup: '/aws/lambda/logs' });
});
