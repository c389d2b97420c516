import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { availableParallelism } from 'node:os';
import { IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { DeleteFunctionCommand, GetFunctionCommand, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startTestAccount } from '../../account.ts';
import { functionsOf, makeRole, sharedFunctions } from './functions.ts';

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

describe('a function', () => {
  const functions = sharedFunctions();

  it('serves invocations that arrive while a process starts from that process, if it is fast', async () => {
    await functions.create('cold', { 'index.js': 'exports.handler = async () => process.pid;' });
    const pids = await Promise.all([functions.invoke('cold'), functions.invoke('cold'), functions.invoke('cold')]);
    expect(new Set(pids.map(({ result }) => result)).size).toBe(1);
  });

  // It waits for a few milliseconds only, which a busy machine may use up itself.
  it('waits for a process that answers quickly instead of starting another', { retry: 5 }, async () => {
    // Another try needs other functions.
    const name = `quick-${randomUUID()}`;
    let starts = 0;
    const counter = createServer((_, response) => {
      starts += 1;
      response.end();
    });
    const port = await new Promise<number>((resolve) =>
      counter.listen(0, '127.0.0.1', () => resolve((counter.address() as AddressInfo).port)),
    );
    onTestFinished(() => void counter.close());
    await functions.create(name, {
      'index.mjs': `await fetch('http://127.0.0.1:${port}');
        export const handler = () => new Promise((resolve) => setTimeout(resolve, 5));`,
    });
    await functions.invoke(name);
    await Promise.all([functions.invoke(name), functions.invoke(name)]);
    // A process that had started in the meantime would be there before one that starts now.
    await functions.create(`after-${name}`, { 'index.js': 'exports.handler = async () => {}' });
    await functions.invoke(`after-${name}`);
    expect(starts).toBe(1);
  });

  it('gets more processes than there are cores, if its handler waits for something', async () => {
    const source = `exports.handler = async () => {
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      return process.pid; };`;
    await functions.create('waits', { 'index.js': source }, { Timeout: 30 });
    const invoked = Array.from({ length: 2 * availableParallelism() }, () => functions.invoke('waits'));
    const pids = (await Promise.all(invoked)).map(({ result }) => result);
    expect(new Set(pids).size).toBeGreaterThan(availableParallelism());
  });

  it('runs parallel invocations in separate processes, and no more than allowed', async () => {
    await functions.create(
      'parallel',
      {
        'index.js': `exports.handler = async () => {
          await new Promise((resolve) => setTimeout(resolve, 20));
          return process.pid; };`,
      },
      { Timeout: 30 },
    );
    const pids = await Promise.all(Array.from({ length: 30 }, async () => (await functions.invoke('parallel')).result));
    const different = new Set(pids).size;
    expect(different).toBeGreaterThan(1);
    expect(different).toBeLessThanOrEqual(2 * availableParallelism());
  });
});
