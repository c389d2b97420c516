import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { practiceTarget } from '../../checker/aws/open.ts';
import type { Target } from '../../checker/aws/target.ts';
import { findInLog } from '../../checker/observe/find-in-log.ts';
import { untilLogged } from '../../checker/observe/logged.ts';
import { startTestAccount, type TestAccount } from '../account.ts';
import { allow, type DeployedApi, deployApi } from '../sandbox/execute-api/deployed-api.ts';

let account: TestAccount;
let api: DeployedApi;
let target: Target;

beforeAll(async () => {
  account = await startTestAccount({ weather: 'aws', scale: 4 });
  api = await deployApi(account);
  await allow(account, `functions-of-${api.apiId}`, { Action: 'logs:*', Resource: '*' });
  target = practiceTarget(account.identity, account.port, {
    allowPage: async () => {},
    close: async () => {},
    forecast: account.forecast,
  });
});
afterAll(async () => {
  await target?.close();
  await api?.clean();
  await account.close();
});

test('waits for the log of an invocation, and then has its whole output', async () => {
  const subject = { target, signal: new AbortController().signal };
  const functionName = api.functionArn.split(':').at(-1) ?? '';
  const since = Date.now();
  // Errors thrown by a function are in its log.
  const Payload = Buffer.from(JSON.stringify({ body: JSON.stringify({ throws: 'a-token-in-a-log' }) }));
  await new LambdaClient(account.client).send(new InvokeCommand({ FunctionName: functionName, Payload }));
  expect(await untilLogged(subject, functionName, since)).toBe(true);
  const text = 'a-token-in-a-log';
  expect((await findInLog(subject, { functionName }, { texts: [text], since }))?.line).toContain(text);
  expect(await findInLog(subject, { functionName }, { texts: [text], since: Date.now() + 1 })).toBeUndefined();
});

test('ends for a function that does not log', async () => {
  const subject = { target: { ...target, spread: 200 }, signal: new AbortController().signal };
  expect(await untilLogged(subject, 'no-such-function', Date.now())).toBe(false);
});
