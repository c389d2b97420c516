import { GetStagesCommand } from '@aws-sdk/client-apigatewayv2';
import {
  AddPermissionCommand,
  GetPolicyCommand,
  InvokeCommand,
  LambdaClient,
  RemovePermissionCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, connect, statusOf } from '../execute-api/client.ts';
import { type DeployedApi, deployApi } from '../execute-api/deployed-api.ts';
import { eachSecond, startWeatheredAccount, type WeatheredAccount } from './weathered-account.ts';

let account: WeatheredAccount;
let api: DeployedApi;

beforeAll(async () => {
  account = await startWeatheredAccount(1);
  // Without `$default`, a host that does not know a route says so.
  api = await deployApi(account, { AutoDeploy: true }, ['$connect', '$disconnect']);
});
afterAll(async () => {
  await api?.clean();
  await account.close();
});

test('a new stage is open after seconds, and its reads are stale for as long', async () => {
  const stages = () => api.apigateway.send(new GetStagesCommand({ ApiId: api.apiId }));
  expect(await statusOf(api.url)).toBe(403);
  await expect(stages()).rejects.toMatchObject({ name: 'NotFoundException' });
  await eachSecond(account, 12, async () => {});
  expect(await statusOf(api.url)).toBe(101);
  await stages();
});

test("a new route reaches the gateway's hosts one after the other", async () => {
  const guests = await Promise.all(Array.from({ length: 6 }, () => connect(api.url)));
  await api.route('later');
  const knows = async (guest: Client) => {
    guest.say({ action: 'later', throws: 'known' });
    return (JSON.parse(await guest.next()) as { message: string }).message === 'Internal server error';
  };
  const seen = await eachSecond(account, 10, async () => {
    const known: boolean[] = [];
    for (const guest of guests) known.push(await knows(guest));
    return known;
  });
  expect(seen[0]).toEqual(guests.map(() => false));
  expect(seen.some((known) => known.includes(true) && known.includes(false))).toBe(true);
  expect(seen.at(-1)).toEqual(guests.map(() => true));
  await Promise.all(guests.map((guest) => guest.leave()));
});

test('the eleventh function at a time is throttled, and API Gateway tells its client "Internal server error"', async () => {
  const guest = await connect(api.url);
  const lambda = new LambdaClient(account.once);
  const sleeping = JSON.stringify({ body: JSON.stringify({ sleep: 3_000 }) });
  const calls = Array.from({ length: 11 }, () =>
    lambda.send(new InvokeCommand({ FunctionName: api.functionArn, Payload: Buffer.from(sleeping) })),
  );
  const throttled = new Promise<unknown>((resolve) => {
    for (const call of calls) call.catch(resolve);
  });
  expect(await throttled).toMatchObject({
    name: 'TooManyRequestsException',
    Reason: 'ConcurrentInvocationLimitExceeded',
    $metadata: { httpStatusCode: 429 },
  });
  guest.say({ action: 'echo', answer: { statusCode: 200, body: 'heard' } });
  expect(JSON.parse(await guest.next())).toMatchObject({ message: 'Internal server error' });
  expect(await statusOf(api.url)).toBe(500);
  const ends = await Promise.allSettled(calls);
  expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
  await guest.leave();
});

test('the gateway learns of a removed permission after seconds, and of an added one', async () => {
  const lambda = new LambdaClient(account.once);
  const [FunctionName, StatementId] = [api.functionArn, 'apigateway'];
  const { Policy = '{}' } = await lambda.send(new GetPolicyCommand({ FunctionName }));
  const [{ Condition } = { Condition: {} }] = JSON.parse(Policy).Statement;
  const [SourceArn] = Object.values(Condition.ArnLike ?? {}) as string[];
  const status = () => eachSecond(account, 6, () => statusOf(api.url));
  await lambda.send(new RemovePermissionCommand({ FunctionName, StatementId }));
  const removed = await status();
  expect([removed[0], removed.at(-1)]).toEqual([101, 500]);
  const [Action, Principal] = ['lambda:InvokeFunction', 'apigateway.amazonaws.com'];
  await lambda.send(new AddPermissionCommand({ FunctionName, StatementId, Action, Principal, SourceArn }));
  const added = await status();
  expect([added[0], added.at(-1)]).toEqual([500, 101]);
});
