import { InvokeCommand, LambdaClient, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { practiceTarget } from '../../checker/aws/open.ts';
import type { Target } from '../../checker/aws/target.ts';
import { untilLogged } from '../../checker/labs/10-words-in-the-log/invocations.ts';
import { type FunctionLog, observeLoggingOff } from '../../checker/observe/function-logs.ts';
import { eventsSince } from '../../checker/observe/log-events.ts';
import { startTestAccount, type TestAccount } from '../account.ts';
import { allow, type DeployedApi, deployApi } from '../sandbox/execute-api/deployed-api.ts';

let account: TestAccount;
let api: DeployedApi;
let target: Target;
let log: FunctionLog;
let role: string;

beforeAll(async () => {
  account = await startTestAccount({ weather: 'aws', scale: 20 });
  api = await deployApi(account);
  role = `functions-of-${api.apiId}`;
  target = practiceTarget(account.identity, account.port, {
    allowPage: async () => {},
    close: async () => {},
    forecast: account.forecast,
  });
  const functionName = api.functionArn.split(':').at(-1) ?? '';
  log = {
    functionName,
    called: 'Sender',
    functionArn: api.functionArn,
    roleArn: `arn:aws:iam::111122223333:role/${role}`,
    group: `/aws/lambda/${functionName}`,
  };
});
afterAll(async () => {
  await target?.close();
  await api?.clean();
  await account.close();
});

async function invoke(): Promise<number> {
  const since = Date.now();
  const Payload = Buffer.from(JSON.stringify({ body: JSON.stringify({ throws: 'something' }) }));
  await new LambdaClient(account.client).send(new InvokeCommand({ FunctionName: log.functionName, Payload }));
  return since;
}

const subject = () => ({ target, signal: new AbortController().signal });
const logged = async (count: number, since: number, logs = [log]) =>
  (await untilLogged(subject(), logs, new Map([[log.functionName, count]]), since)).get(log.functionName);

test('a function whose role is not allowed to log has no group, and counts as such', async () => {
  const since = await invoke();
  // A new role is not visible to all readers at once.
  await expect.poll(() => observeLoggingOff({ target }, log).catch(() => undefined)).toBe('no permission');
  expect(await eventsSince({ target }, log.group, since)).toBeUndefined();
});

test('waits for late logs, and tells which never came', async () => {
  await allow(account, role, { Action: 'logs:*', Resource: '*' });
  await expect.poll(() => observeLoggingOff({ target }, log)).toBeUndefined();
  // IAM tells Lambda of it in its own time.
  await expect
    .poll(async () => eventsSince({ target }, log.group, await invoke()), { timeout: 20_000 })
    .not.toBeUndefined();
  const since = await invoke();
  const [all, one] = await Promise.all([logged(1, since), logged(50, since)]);
  expect(all).toBe('complete');
  expect(one).toBe('late');
});

test("a log whose level omits Lambda's own lines does not show when it is complete", async () => {
  const LoggingConfig = { LogFormat: 'JSON', SystemLogLevel: 'WARN', ApplicationLogLevel: 'ERROR' } as const;
  await new LambdaClient(account.client).send(
    new UpdateFunctionConfigurationCommand({ FunctionName: log.functionName, LoggingConfig }),
  );
  const quiet = { ...log, systemLevel: 'WARN', applicationLevel: 'ERROR' };
  expect(await observeLoggingOff({ target }, quiet)).toBeUndefined();
  expect(await observeLoggingOff({ target }, { ...quiet, applicationLevel: 'FATAL' })).toBe('fatal only');
  const since = Date.now() + 60_000;
  expect(await logged(1, since, [quiet])).toBe('not told');
});
