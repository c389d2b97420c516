import { spawn } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiGatewayV2Client, GetApisCommand, GetRoutesCommand } from '@aws-sdk/client-apigatewayv2';
import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { IAMClient, ListPoliciesCommand, ListRolesCommand } from '@aws-sdk/client-iam';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DescribeParametersCommand, GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestAccount, type TestAccount } from '../../account.ts';
import { compiled } from '../../compiled.ts';

const statement = { Effect: 'Allow', Action: 'dynamodb:Scan', Resource: '*' };
const before = {
  Resources: {
    Setting: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/setting', Type: 'String', Value: 'before' } },
    Logs: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 7 } },
    Table: table('id'),
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
        },
      },
    },
    Policy: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: { PolicyDocument: { Version: '2012-10-17', Statement: [statement] }, Roles: [{ Ref: 'Role' }] },
    },
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: { ZipFile: 'exports.handler = async () => 1' },
        Handler: 'index.handler',
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Runtime: 'nodejs22.x',
        Environment: { Variables: { TABLE: { Ref: 'Table' } } },
      },
    },
    Api: {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: { Name: 'room', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' },
    },
    Route: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'Api' }, RouteKey: 'before' } },
  },
};
const after = {
  Resources: {
    ...before.Resources,
    Setting: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/setting', Type: 'String', Value: 'after' } },
    Logs: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 3 } },
    Table: table('other'),
    Policy: undefined,
    Added: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: { Ref: 'Table' } } },
    Route: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'Api' }, RouteKey: 'after' } },
  },
};

function table(key: string) {
  return {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: key, AttributeType: 'S' }],
      KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
    },
  };
}

/** A template that nests another one, stored in a bucket of the account. */
const nesting = {
  Resources: {
    Inner: {
      Type: 'AWS::CloudFormation::Stack',
      Properties: { TemplateURL: 'https://s3.us-east-1.amazonaws.com/templates/inner' },
    },
    Last: { Type: 'AWS::SSM::Parameter', DependsOn: 'Inner', Properties: { Type: 'String', Value: 'x' } },
  },
};

async function putInner({ client }: TestAccount): Promise<void> {
  const { Setting, Logs, Table } = before.Resources;
  const s3 = new S3Client({ ...client, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'templates' }));
  const Body = JSON.stringify({ Resources: { Setting, Logs, Table } });
  await s3.send(new PutObjectCommand({ Bucket: 'templates', Key: 'inner', Body }));
  s3.destroy();
}

let base: string;
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'websocket-lab-interrupted-'));
  const empty = await startTestAccount({ folder: join(base, 'empty') });
  await putInner(empty);
  await empty.close();
  await cp(join(base, 'empty'), join(base, 'deployed'), { recursive: true });
  expect(await run(join(base, 'deployed'), 'create', before, 0, 'after')).toBe('ended');
});
afterAll(() => rm(base, { recursive: true, force: true, maxRetries: 5 }));

describe('a deployment whose process is killed', () => {
  test.each([
    [5, 'before'],
    [12, 'after'],
    [20, 'before'],
  ])('in a creation, at write %i, %s it is on the disk: nothing is left', async (count, when) => {
    await reopened('empty', 'create', before, count, when, async (account, ids) => {
      expect(account.said).toEqual([
        'The deployment of interrupted was interrupted; everything it had created was deleted.',
      ]);
      expect(await status(account)).toBe('ROLLBACK_COMPLETE');
      expect(ids).toEqual([]);
    });
  });

  test.each([
    [3, 'before'],
    [5, 'after'],
    [9, 'before'],
    [12, 'after'],
  ])('in a creation with a nested stack, at write %i, %s it is on the disk: nothing is left', async (count, when) => {
    await reopened('empty', 'create', nesting, count, when, async (account, ids) => {
      expect(await status(account)).toBe('ROLLBACK_COMPLETE');
      expect(ids).toEqual([]);
      const { Stacks = [] } = await new CloudFormationClient(account.client).send(new DescribeStacksCommand({}));
      expect(Stacks.filter(({ ParentId }) => ParentId !== undefined)).toEqual([]);
    });
  });

  test.each([
    [3, 'after'],
    [9, 'before'],
    [15, 'after'],
    [22, 'before'],
  ])('in an update, at write %i, %s it is on the disk: it is as before, or done', async (count, when) => {
    await reopened('deployed', 'update', after, count, when, async (account, ids) => {
      const end = await status(account);
      expect(end).toMatch(/^UPDATE_(ROLLBACK_)?COMPLETE$/);
      expect(account.said.join()).toMatch(/^The deployment of interrupted was interrupted/);
      expect(ids).toEqual(await physicalIds(account));
      const wanted = end === 'UPDATE_COMPLETE' ? ['after', 3, 'after'] : ['before', 7, 'before'];
      expect(await values(account)).toEqual(wanted);
    });
  });
});

/** Deploys into a copy of a folder, kills the process, and looks at what the next start does with it. */
async function reopened(
  from: string,
  verb: string,
  template: object,
  count: number,
  when: string,
  look: (account: TestAccount, ids: string[]) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(base, `${verb}-`));
  await cp(join(base, from), folder, { recursive: true });
  expect(await run(folder, verb, template, count, when)).toBe('killed');
  const account = await startTestAccount({ folder });
  try {
    await look(account, await everything(account));
  } finally {
    await account.close();
  }
}

async function run(
  folder: string,
  verb: string,
  template: object,
  count: number,
  when: string,
): Promise<'killed' | 'ended'> {
  const program = await compiled(join(import.meta.dirname, 'interrupted-account.ts'));
  const args = [program, folder, verb, JSON.stringify(template), String(count), when];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      if (signal === 'SIGKILL') resolve('killed');
      else if (code === 0) resolve('ended');
      else reject(new Error(`The interrupted account ended with ${code ?? signal}.`));
    });
  });
}

async function status(account: TestAccount): Promise<string | undefined> {
  const stacks = await new CloudFormationClient(account.client).send(
    new DescribeStacksCommand({ StackName: 'interrupted' }),
  );
  return stacks.Stacks?.[0]?.StackStatus;
}

/** The resources the stack reports. */
async function physicalIds(account: TestAccount): Promise<string[]> {
  const { StackResources = [] } = await new CloudFormationClient(account.client).send(
    new DescribeStackResourcesCommand({ StackName: 'interrupted' }),
  );
  return StackResources.map(({ PhysicalResourceId = '' }) => PhysicalResourceId).sort();
}

/** The resources the services report, except those that the account starts with. */
async function everything(account: TestAccount): Promise<string[]> {
  const options = account.client;
  const api = new ApiGatewayV2Client(options);
  const parameters = await new SSMClient(options).send(new DescribeParametersCommand({}));
  const groups = await new CloudWatchLogsClient(options).send(new DescribeLogGroupsCommand({}));
  const tables = await new DynamoDBClient(options).send(new ListTablesCommand({}));
  const roles = await new IAMClient(options).send(new ListRolesCommand({}));
  const policies = await new IAMClient(options).send(new ListPoliciesCommand({ Scope: 'Local' }));
  const functions = await new LambdaClient(options).send(new ListFunctionsCommand({}));
  const { Items: apis = [] } = await api.send(new GetApisCommand({}));
  const routes = await Promise.all(apis.map(({ ApiId }) => api.send(new GetRoutesCommand({ ApiId }))));
  return [
    parameters.Parameters?.map(({ Name }) => Name),
    groups.logGroups?.map(({ logGroupName }) => logGroupName),
    tables.TableNames,
    roles.Roles?.map(({ RoleName }) => RoleName),
    policies.Policies?.map(({ Arn }) => Arn),
    functions.Functions?.map(({ FunctionName }) => FunctionName),
    apis.map(({ ApiId }) => ApiId),
    routes.flatMap(({ Items = [] }) => Items.map(({ RouteId }) => RouteId)),
  ]
    .flatMap((names = []) => names.map((name = '') => name))
    .filter((name) => !/cdk-(bootstrap|hnb659fds)/.test(name))
    .sort();
}

async function values(account: TestAccount): Promise<unknown[]> {
  const options = account.client;
  const api = new ApiGatewayV2Client(options);
  const { Parameter } = await new SSMClient(options).send(new GetParameterCommand({ Name: '/setting' }));
  const { logGroups = [] } = await new CloudWatchLogsClient(options).send(new DescribeLogGroupsCommand({}));
  const { Items: [room] = [] } = await api.send(new GetApisCommand({}));
  const { Items: routes = [] } = await api.send(new GetRoutesCommand({ ApiId: room?.ApiId }));
  return [Parameter?.Value, logGroups[0]?.retentionInDays, routes[0]?.RouteKey];
}
