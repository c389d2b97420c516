import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import {
  GetRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import { assume, makeRole, policy } from '../iam-enforcement/callers.ts';
import { eachSecond, startWeatheredAccount } from './weathered-account.ts';

/** Whether a call succeeds, in each second after its role got the permission, alongside IAM's own reads. */
async function spreading(seed: number): Promise<Record<'dynamodb' | 'logs' | 'iam', boolean[]>> {
  const account = await startWeatheredAccount(seed);
  try {
    const RoleName = 'granted';
    const role = await makeRole(account, RoleName, []);
    account.pass(20);
    const session = { ...(await assume(account.client, role)), maxAttempts: 1 };
    const PolicyName = 'permissions';
    const PolicyDocument = policy({ Action: ['dynamodb:*', 'logs:*'] });
    await new IAMClient(account.client).send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
    const works = (call: Promise<unknown>) =>
      call.then(
        () => true,
        () => false,
      );
    const seen = await eachSecond(account, 15, async () => ({
      dynamodb: await works(new DynamoDBClient(session).send(new ListTablesCommand({}))),
      logs: await works(new CloudWatchLogsClient(session).send(new DescribeLogGroupsCommand({}))),
      iam: await works(new IAMClient(account.once).send(new GetRolePolicyCommand({ RoleName, PolicyName }))),
    }));
    const each = (service: 'dynamodb' | 'logs' | 'iam') => seen.map((second) => second[service]);
    return { dynamodb: each('dynamodb'), logs: each('logs'), iam: each('iam') };
  } finally {
    await account.close();
  }
}

test('a new permission reaches each service after seconds, each at a different time', async () => {
  const { dynamodb, logs, iam } = await spreading(1);
  for (const seen of [dynamodb, logs, iam]) {
    expect(seen[0]).toBe(false);
    expect(seen.slice(12)).toEqual([true, true, true]);
  }
  expect(dynamodb).not.toEqual(logs);
});

test('the same seed gives the same delays, and another seed gives others', async () => {
  const [first, same, other] = [await spreading(2), await spreading(2), await spreading(3)];
  expect(same).toEqual(first);
  expect(other).not.toEqual(first);
});

test('simulations are throttled at two a second', async () => {
  const account = await startWeatheredAccount(1);
  try {
    const role = await makeRole(account, 'asked', [{ Action: 's3:GetObject' }]);
    account.pass(20);
    const iam = new IAMClient(account.once);
    const ask = () =>
      iam.send(new SimulatePrincipalPolicyCommand({ PolicySourceArn: role, ActionNames: ['s3:GetObject'] }));
    await ask();
    await ask();
    await expect(ask()).rejects.toMatchObject({ name: 'Throttling', message: 'Rate exceeded' });
    account.pass(0.5);
    await ask();
  } finally {
    await account.close();
  }
});
