import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudFormationClient,
  CreateChangeSetCommand,
  type CreateChangeSetCommandInput,
  DeleteStackCommand,
  DescribeStacksCommand,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { GetRoleCommand, IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { GetBucketEncryptionCommand, GetBucketLocationCommand, S3Client } from '@aws-sdk/client-s3';
import { DeleteParameterCommand, GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestAccount, type TestAccount } from '../account.ts';
import { makeUser, permit } from './iam-enforcement/callers.ts';

let folder: string;
let account: TestAccount;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
  account = await startTestAccount({ folder });
});

afterAll(async () => {
  await account.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

const version = '/cdk-bootstrap/hnb659fds/version';

test.each(['us-east-1', 'eu-west-1'])('%s is bootstrapped for the CDK when it is first used', async (region) => {
  const client = { ...account.client, region };
  const { Parameter } = await new SSMClient(client).send(new GetParameterCommand({ Name: version }));
  expect(Number(Parameter?.Value)).toBeGreaterThanOrEqual(6);

  const s3 = new S3Client({ ...client, forcePathStyle: true });
  const Bucket = `cdk-hnb659fds-assets-111122223333-${region}`;
  const { LocationConstraint } = await s3.send(new GetBucketLocationCommand({ Bucket }));
  expect(LocationConstraint).toBe(region === 'us-east-1' ? undefined : region);
  const { ServerSideEncryptionConfiguration } = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
  expect(ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault).toEqual({
    SSEAlgorithm: 'aws:kms',
  });

  const sts = new STSClient(client);
  for (const kind of ['deploy', 'file-publishing', 'image-publishing', 'lookup']) {
    const { AssumedRoleUser } = await sts.send(
      new AssumeRoleCommand({ RoleArn: roleArn(kind, region), RoleSessionName: 'aws-cdk-learner' }),
    );
    expect(AssumedRoleUser?.Arn).toMatch(new RegExp(`:assumed-role/cdk-hnb659fds-${kind}-role-.*/aws-cdk-learner$`));
  }
});

test('the lookup role can read what `cdk watch` looks up, and change nothing', async () => {
  const { Credentials: { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = {} } = await new STSClient(
    account.client,
  ).send(new AssumeRoleCommand({ RoleArn: roleArn('lookup', 'us-east-1'), RoleSessionName: 'watch' }));
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  const logs = new CloudWatchLogsClient({ ...account.client, credentials });
  const named = { logGroupName: '/watched' };
  await new CloudWatchLogsClient(account.client).send(new CreateLogGroupCommand(named));
  await logs.send(new FilterLogEventsCommand(named));
  await new IAMClient({ ...account.client, credentials }).send(new ListRolesCommand({}));
  await expect(logs.send(new DeleteLogGroupCommand(named))).rejects.toThrow('not authorized');
});

test('only CloudFormation may assume the execution role, and nobody a role with an external id', async () => {
  const sts = new STSClient(account.client);
  const asUser = new AssumeRoleCommand({ RoleArn: roleArn('cfn-exec', 'us-east-1'), RoleSessionName: 'me' });
  await expect(sts.send(asUser)).rejects.toMatchObject({ name: 'AccessDenied' });
  const deputized = new AssumeRoleCommand({
    RoleArn: roleArn('deploy', 'us-east-1'),
    RoleSessionName: 'me',
    ExternalId: 'somebody',
  });
  await expect(sts.send(deputized)).rejects.toMatchObject({ name: 'AccessDenied' });
});

test('resources created with the account are kept, not created again', async () => {
  const ssm = new SSMClient(account.client);
  const before = await ssm.send(new GetParameterCommand({ Name: version }));
  await account.close();
  account = await startTestAccount({ folder });
  const after = await new SSMClient(account.client).send(new GetParameterCommand({ Name: version }));
  expect(after.Parameter?.LastModifiedDate).toEqual(before.Parameter?.LastModifiedDate);
});

test('any of them that a learner deletes stay deleted, and the others stay as they are', async () => {
  const region = 'eu-north-1';
  const client = { ...account.client, region };
  const ssm = new SSMClient(client);
  const ofRole = new GetRoleCommand({ RoleName: roleArn('deploy', region).split('/').at(-1) });
  await ssm.send(new DeleteParameterCommand({ Name: version }));
  const before = await new IAMClient(client).send(ofRole);
  await expect(ssm.send(new GetParameterCommand({ Name: version }))).rejects.toMatchObject({
    name: 'ParameterNotFound',
  });
  expect((await new IAMClient(client).send(ofRole)).Role?.RoleId).toBe(before.Role?.RoleId);
});

test('deleting the stack CDKToolkit deletes the roles and the version, and keeps the bucket', async () => {
  const region = 'ap-south-1';
  const client = { ...account.client, region };
  const cloudformation = new CloudFormationClient(client);
  await cloudformation.send(new DeleteStackCommand({ StackName: 'CDKToolkit' }));
  await waitUntilStackDeleteComplete(
    { client: cloudformation, maxWaitTime: 30, minDelay: 1 },
    { StackName: 'CDKToolkit' },
  );
  const ofRole = new GetRoleCommand({ RoleName: roleArn('lookup', region).split('/').at(-1) });
  await expect(new IAMClient(client).send(ofRole)).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  await expect(new SSMClient(client).send(new GetParameterCommand({ Name: version }))).rejects.toMatchObject({
    name: 'ParameterNotFound',
  });
  const s3 = new S3Client({ ...client, forcePathStyle: true });
  await s3.send(new GetBucketLocationCommand({ Bucket: `cdk-hnb659fds-assets-111122223333-${region}` }));
});

test("`cdk bootstrap` recreates whatever is missing, with the caller's permissions", async () => {
  const region = 'ca-central-1';
  const StackName = 'CDKToolkit';
  const cloudformation = new CloudFormationClient({ ...account.client, region });
  await cloudformation.send(new DeleteStackCommand({ StackName }));
  await waitUntilStackDeleteComplete({ client: cloudformation, maxWaitTime: 30, minDelay: 1 }, { StackName });
  const asked: CreateChangeSetCommandInput = {
    StackName,
    ChangeSetName: 'cdk-deploy-change-set',
    ChangeSetType: 'CREATE',
    TemplateBody: 'Resources: { CdkBootstrapVersion: { Type: AWS::SSM::Parameter } }',
    Parameters: [{ ParameterKey: 'Qualifier', ParameterValue: 'hnb659fds' }],
    Capabilities: ['CAPABILITY_NAMED_IAM'],
    ImportExistingResources: true,
  };
  const other = { ...asked, Parameters: [{ ParameterKey: 'Qualifier', ParameterValue: 'other' }] };
  await expect(cloudformation.send(new CreateChangeSetCommand(other))).rejects.toThrow('Qualifier=other');

  const user = await makeUser(account, 'deployer');
  await permit(account, 'deployer', { Action: 'cloudformation:*', Resource: '*' });
  const limited = new CloudFormationClient({ ...user, region });
  await expect(limited.send(new CreateChangeSetCommand(asked))).rejects.toThrow('iam:CreateRole');
  const deployer = { RoleArn: roleArn('deploy', region), RoleSessionName: 'me' };
  const sts = new STSClient(account.client);
  await expect(sts.send(new AssumeRoleCommand(deployer))).rejects.toMatchObject({ name: 'AccessDenied' });

  await cloudformation.send(new CreateChangeSetCommand(asked));
  await sts.send(new AssumeRoleCommand(deployer));
  const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName }));
  expect(Stacks?.[0]?.StackStatus).toBe('CREATE_COMPLETE');
});

function roleArn(kind: string, region: string): string {
  return `arn:aws:iam::111122223333:role/cdk-hnb659fds-${kind}-role-111122223333-${region}`;
}
