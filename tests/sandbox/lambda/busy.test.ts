import { availableParallelism } from 'node:os';
import { IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { DeleteFunctionCommand, GetFunctionCommand, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { expect, it, onTestFinished } from 'vitest';
import { startTestAccount } from '../../account.ts';
import { functionsOf, makeRole } from './functions.ts';

it('a function without a process gets one, however many invocations of others wait for it', async () => {
  const account = await startTestAccount();
  onTestFinished(() => account.close());
  const functions = functionsOf(account, await makeRole(account));
  await new IAMClient(account.client).send(
    new PutRolePolicyCommand({
      RoleName: 'function-role',
      PolicyName: 'invoke',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: '*' },
      }),
    }),
  );
  await functions.create('helper', { 'index.mjs': "export const handler = async () => 'helped';" });
  const source = `import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
    const lambda = new LambdaClient({});
    export const handler = async () => {
      // By then, as many callers are busy as can be at a time.
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: 'helper' }));
      return JSON.parse(Payload.transformToString());
    };`;
  await functions.create('caller', { 'index.mjs': source }, { Timeout: 20 });
  const callers = Array.from({ length: 3 * availableParallelism() }, () => functions.invoke('caller'));
  for (const { result } of await Promise.all(callers)) expect(result).toBe('helped');
}, 60_000);

it('an invocation whose function is changed or deleted while its process starts is answered', async () => {
  const account = await startTestAccount();
  onTestFinished(() => account.close());
  const functions = functionsOf(account, await makeRole(account));
  // Unzipping takes longer than the two calls after the invocation.
  const files = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`file-${index}.txt`, `${index}`]));
  const changes = {
    changed: new UpdateFunctionConfigurationCommand({ FunctionName: 'changed', Timeout: 5 }),
    deleted: new DeleteFunctionCommand({ FunctionName: 'deleted' }),
  };
  for (const [name, change] of Object.entries(changes)) {
    await functions.create(name, { 'index.js': `exports.handler = async () => '${name}';`, ...files });
    const invoked = functions.invoke(name);
    await functions.lambda.send(new GetFunctionCommand({ FunctionName: name }));
    await functions.lambda.send(change as UpdateFunctionConfigurationCommand);
    expect((await invoked).result).toBe(name);
  }
});
