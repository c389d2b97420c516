import {
  CloudFormationClient,
  CreateChangeSetCommand,
  type CreateChangeSetInput,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  GetTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { testAccount } from '../../account.ts';
import { create, ended, parameter, update } from './deploying.ts';

const account = await testAccount();
const client = new CloudFormationClient(account.client);

async function changeSet(StackName: string, template: object | string, input: Partial<CreateChangeSetInput> = {}) {
  const { Id } = await client.send(
    new CreateChangeSetCommand({
      StackName,
      ChangeSetName: 'changes',
      ...(typeof template === 'string' ? { TemplateURL: template } : { TemplateBody: JSON.stringify(template) }),
      ...input,
    }),
  );
  return client.send(new DescribeChangeSetCommand({ ChangeSetName: Id }));
}

test('a change set creates a stack, from a template in the assets bucket', async () => {
  const Bucket = `cdk-hnb659fds-assets-111122223333-${account.region}`;
  const Body = JSON.stringify({ Resources: { A: parameter('x') } });
  const s3 = new S3Client({ ...account.client, forcePathStyle: true });
  await s3.send(new PutObjectCommand({ Bucket, Key: 'template.json', Body }));
  const changes = await changeSet('made', `https://s3.us-east-1.amazonaws.com/${Bucket}/template.json`, {
    ChangeSetType: 'CREATE',
  });
  expect(changes).toMatchObject({
    Status: 'CREATE_COMPLETE',
    ExecutionStatus: 'AVAILABLE',
    Changes: [
      {
        Type: 'Resource',
        ResourceChange: { Action: 'Add', LogicalResourceId: 'A', ResourceType: 'AWS::SSM::Parameter' },
      },
    ],
  });
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: 'made' }));
  expect(Stacks?.[0]?.StackStatus).toBe('REVIEW_IN_PROGRESS');
  await client.send(new ExecuteChangeSetCommand({ ChangeSetName: changes.ChangeSetId }));
  expect(await ended(client, 'made')).toMatchObject({
    StackStatus: 'CREATE_COMPLETE',
    ChangeSetId: changes.ChangeSetId,
  });
  const { TemplateBody } = await client.send(new GetTemplateCommand({ StackName: 'made' }));
  expect(TemplateBody).toBe(Body);
  await expect(client.send(new ExecuteChangeSetCommand({ ChangeSetName: changes.ChangeSetId }))).rejects.toMatchObject({
    name: 'InvalidChangeSetStatusException',
  });
});

test('a change set shows what would be added, changed, replaced and removed, and why', async () => {
  const Parameters = { P: { Type: 'String', Default: 'one' } };
  await create(client, 'reviewed', {
    Parameters,
    Resources: {
      Same: parameter('same'),
      Direct: parameter('before'),
      ByParameter: parameter({ Ref: 'P' }),
      Renamed: parameter('x', { Name: '/reviewed/before' }),
      Dependent: parameter({ Ref: 'Renamed' }),
      NamedAfter: parameter('x', { Name: '/reviewed/x' }),
      Gone: parameter('x'),
    },
  });
  const template = {
    Parameters,
    Resources: {
      Same: parameter('same'),
      Direct: parameter('after'),
      ByParameter: parameter({ Ref: 'P' }),
      Renamed: parameter('x', { Name: '/reviewed/after' }),
      Dependent: parameter({ Ref: 'Renamed' }),
      // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own syntax
      NamedAfter: parameter('x', { Name: { 'Fn::Sub': '${Renamed}/x' } }),
      New: parameter('x'),
    },
  };
  const given = { Parameters: [{ ParameterKey: 'P', ParameterValue: 'two' }] };
  const { Changes = [] } = await changeSet('reviewed', template, given);
  expect(
    Changes.map(({ ResourceChange: change }) => [
      change?.LogicalResourceId,
      change?.Action,
      change?.Replacement,
      change?.Details?.map(({ Target, Evaluation, ChangeSource, CausingEntity }) =>
        [Target?.Name, Target?.RequiresRecreation, Evaluation, ChangeSource, CausingEntity].join(' ').trim(),
      ),
    ]),
  ).toEqual([
    ['ByParameter', 'Modify', 'False', ['Value Never Static ParameterReference P']],
    ['Dependent', 'Modify', 'False', ['Value Never Dynamic ResourceReference Renamed']],
    ['Direct', 'Modify', 'False', ['Value Never Static DirectModification']],
    ['Gone', 'Remove', undefined, []],
    ['NamedAfter', 'Modify', 'Conditional', ['Name Always Dynamic ResourceReference Renamed']],
    ['New', 'Add', undefined, []],
    ['Renamed', 'Modify', 'True', ['Name Always Static DirectModification']],
  ]);
  await expect(changeSet('reviewed', template, given)).rejects.toMatchObject({ name: 'AlreadyExistsException' });
  await client.send(new DeleteChangeSetCommand({ StackName: 'reviewed', ChangeSetName: 'changes' }));
});

test("a change set without changes fails, with AWS's message", async () => {
  const template = { Resources: { A: parameter('x') } };
  await create(client, 'unchanged', template);
  expect(await changeSet('unchanged', template)).toMatchObject({
    Status: 'FAILED',
    ExecutionStatus: 'UNAVAILABLE',
    StatusReason:
      "The submitted information didn't contain changes. Submit different information to create a change set.",
  });
});

test('a resource that has lost its metadata has not changed the next time', async () => {
  const template = { Resources: { A: parameter('x') } };
  await create(client, 'described', { Resources: { A: parameter('x', {}, { Metadata: { about: 'A' } }) } });
  await update(client, 'described', template);
  expect(await changeSet('described', template)).toMatchObject({ Status: 'FAILED', Changes: [] });
});
