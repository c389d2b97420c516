import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ListStackResourcesCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestAccount, type TestAccount } from '../../account.ts';

let account: TestAccount;
let cloudformation: CloudFormationClient;
let s3: S3Client;
let ssm: SSMClient;
const StackName = 'outer';

beforeAll(async () => {
  account = await startTestAccount();
  cloudformation = new CloudFormationClient(account.client);
  s3 = new S3Client({ ...account.client, forcePathStyle: true });
  ssm = new SSMClient(account.client);
  await s3.send(new CreateBucketCommand({ Bucket: 'templates' }));
});
afterAll(async () => {
  for (const client of [cloudformation, s3, ssm]) client.destroy();
  await account.close();
});

/** Puts an inner template into the bucket and returns an outer one that nests it. */
async function nesting(key: string, value: string, more: object = {}): Promise<string> {
  const inner = {
    Parameters: { Value: { Type: 'String' } },
    Resources: {
      Note: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: { Ref: 'Value' } } },
      ...more,
    },
    Outputs: { NoteName: { Value: { Ref: 'Note' } } },
  };
  await s3.send(new PutObjectCommand({ Bucket: 'templates', Key: key, Body: JSON.stringify(inner) }));
  const TemplateURL = { 'Fn::Sub': `https://s3.\${AWS::Region}.\${AWS::URLSuffix}/templates/${key}` };
  return JSON.stringify({
    Resources: {
      Inner: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL, Parameters: { Value: value } } },
      Pointer: {
        Type: 'AWS::SSM::Parameter',
        Properties: { Type: 'String', Name: 'pointer', Value: { 'Fn::GetAtt': ['Inner', 'Outputs.NoteName'] } },
      },
    },
  });
}

const stackNamed = async (name: string) =>
  (await cloudformation.send(new DescribeStacksCommand({ StackName: name }))).Stacks?.[0];
const nested = async () =>
  (await cloudformation.send(new ListStackResourcesCommand({ StackName }))).StackResourceSummaries?.find(
    ({ LogicalResourceId }) => LogicalResourceId === 'Inner',
  )?.PhysicalResourceId ?? '';
const parameter = async (Name: string) => (await ssm.send(new GetParameterCommand({ Name }))).Parameter?.Value ?? '';
const note = async () => parameter(await parameter('pointer'));

test('is created with its parent, which reads its outputs', async () => {
  const Tags = [{ Key: 'websocket-lab', Value: '01' }];
  await cloudformation.send(new CreateStackCommand({ StackName, TemplateBody: await nesting('a', 'one'), Tags }));
  const parent = await stackNamed(StackName);
  expect(parent?.StackStatus).toBe('CREATE_COMPLETE');
  expect(await note()).toBe('one');
  expect(await stackNamed(await nested())).toMatchObject({
    StackName: expect.stringMatching(/^outer-Inner-\w{12}$/),
    StackStatus: 'CREATE_COMPLETE',
    ParentId: parent?.StackId,
    RootId: parent?.StackId,
    Tags,
  });
});

test('is updated with its parent', async () => {
  await cloudformation.send(new UpdateStackCommand({ StackName, TemplateBody: await nesting('b', 'two') }));
  expect((await stackNamed(StackName))?.StackStatus).toBe('UPDATE_COMPLETE');
  expect(await note()).toBe('two');
});

test('rolls its parent back with it if it fails', async () => {
  const Twin = { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Name: 'pointer', Value: 'x' } };
  const TemplateBody = await nesting('c', 'three', { Twin });
  await cloudformation.send(new UpdateStackCommand({ StackName, TemplateBody }));
  expect((await stackNamed(StackName))?.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect((await stackNamed(await nested()))?.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await note()).toBe('two');
});

test('leaves nothing if its creation fails', async () => {
  const Twin = { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Name: 'pointer', Value: 'x' } };
  const second = (await nesting('d', 'four', { Twin })).replace('"pointer"', '"pointer2"');
  await cloudformation.send(new CreateStackCommand({ StackName: 'second', TemplateBody: second }));
  expect((await stackNamed('second'))?.StackStatus).toBe('ROLLBACK_COMPLETE');
  const { StackEvents = [] } = await cloudformation.send(new DescribeStackEventsCommand({ StackName: 'second' }));
  const failed = StackEvents.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED');
  expect(failed).toMatchObject({
    LogicalResourceId: 'Inner',
    ResourceStatusReason: expect.stringMatching(/^Embedded stack arn:\S+ was not successfully created: .*\[Twin\]/),
  });
  const { Stacks = [] } = await cloudformation.send(new DescribeStacksCommand({}));
  expect(Stacks.filter(({ StackName: name }) => name?.startsWith('second-'))).toEqual([]);
});

test('is deleted with its parent', async () => {
  const inner = await nested();
  const name = await parameter('pointer');
  await cloudformation.send(new DeleteStackCommand({ StackName }));
  await expect.poll(async () => (await stackNamed(inner))?.StackStatus).toBe('DELETE_COMPLETE');
  await expect(parameter(name)).rejects.toMatchObject({ name: 'ParameterNotFound' });
});
