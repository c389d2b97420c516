import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, CreateStackCommand, waitUntilStackCreateComplete } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, CreateLogGroupCommand, DeleteLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { AttachRolePolicyCommand, DetachRolePolicyCommand, IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { destroy } from '../../checker/cli/commands/destroy.ts';
import { LabError } from '../../checker/failures/errors.ts';
import { startTestAccount, type TestAccount } from '../account.ts';
import { createTable } from '../sandbox/create-table.ts';

let root: string;
let account: TestAccount;
let printed: string[];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'lab-destroy-'));
  account = await startTestAccount({ folder: join(root, '.lab', 'account'), lasting: true });
  printed = [];
});
afterEach(async () => {
  await account.close();
  await rm(root, { recursive: true, force: true, maxRetries: 5 });
});

function labDestroy(options: { lab: string | undefined; all?: boolean }): Promise<number> {
  const print = (line: string) => void printed.push(line);
  const { signal } = new AbortController();
  return destroy({ root, signal, print, say: print, isTerminal: false, takesKeys: false }, { ...options, yes: true });
}

async function createStack(): Promise<void> {
  const client = new CloudFormationClient(account.client);
  const AssumeRolePolicyDocument = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  };
  await client.send(
    new CreateStackCommand({
      StackName: 'chat-01-missing-route',
      Tags: [{ Key: 'websocket-lab', Value: '01-missing-route' }],
      Capabilities: ['CAPABILITY_IAM'],
      TemplateBody: JSON.stringify({
        Resources: { Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument } } },
      }),
    }),
  );
  await waitUntilStackCreateComplete(
    { client, maxWaitTime: 60, minDelay: 1, maxDelay: 1 },
    { StackName: 'chat-01-missing-route' },
  );
}

test('leftovers found by name or tag are listed with the command to delete them, and stay; anything not ours is not listed', async () => {
  const logs = new CloudWatchLogsClient(account.client);
  const dynamodb = new DynamoDBClient(account.client);
  const byLambda = '/aws/lambda/chat-01-missing-route-Connect123';
  await createStack();
  for (const logGroupName of [byLambda, '/aws/lambda/somebody-else', 'chat-011-other']) {
    await logs.send(new CreateLogGroupCommand({ logGroupName }));
  }
  for (const [TableName, Value] of [
    ['kept', '01-missing-route'],
    ['of-another-lab', '02-lambda-permissions'],
  ] as const) {
    await createTable(dynamodb, TableName, ['id'], { Tags: [{ Key: 'websocket-lab', Value }] });
  }

  expect(await labDestroy({ lab: '01' })).toBe(1);
  expect(printed.join('\n')).toContain('01-missing-route is gone from the practice account.');
  expect(printed).toContain(`  aws logs delete-log-group --log-group-name ${byLambda}`);
  expect(printed).toContain('  aws dynamodb delete-table --table-name kept');
  expect(printed.join('\n')).not.toMatch(/somebody-else|chat-011|of-another-lab/);

  // They are still there: to delete them, follow the printed commands.
  await logs.send(new DeleteLogGroupCommand({ logGroupName: byLambda }));
  await dynamodb.send(new DeleteTableCommand({ TableName: 'kept' }));
  printed = [];
  expect(await labDestroy({ lab: '01' })).toBe(0);
  expect(printed).toEqual([
    '01-missing-route is not deployed in the practice account.',
    'Nothing of 01-missing-route is left there: no stacks, APIs, functions, log groups, tables or user pools.',
  ]);

  printed = [];
  expect(await labDestroy({ lab: undefined, all: true })).toBe(1);
  expect(printed).toContain('  aws dynamodb delete-table --table-name of-another-lab');
  await dynamodb.send(new DeleteTableCommand({ TableName: 'of-another-lab' }));
  expect(await labDestroy({ lab: undefined, all: true })).toBe(0);
  expect(printed.join('\n')).toContain("The CDK's bootstrap stays");
}, 120_000);

test('a manually attached policy is listed with the command to detach it', async () => {
  const iam = new IAMClient(account.client);
  await createStack();
  const { Roles = [] } = await iam.send(new ListRolesCommand({}));
  const RoleName = Roles.find(({ RoleName: name = '' }) => name.startsWith('chat-01'))?.RoleName;
  const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  const refusal = await labDestroy({ lab: '01' }).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(LabError);
  const { message, next } = refusal as LabError;
  expect(message).toContain('Somebody attached a policy to this role manually');
  expect(next).toContain(`aws iam detach-role-policy --role-name ${RoleName} --policy-arn ${PolicyArn}`);
  await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
  expect(await labDestroy({ lab: '01' })).toBe(0);
}, 120_000);
