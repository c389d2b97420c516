import {
  type Capability,
  CloudFormationClient,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  ListStacksCommand,
  type StackStatus,
  UpdateStackCommand,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import { ListTagsForResourceCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import { testAccount } from '../../account.ts';
import { create, ended, eventsOf, parameter, parameterValue, physicalIdOf, update } from './deploying.ts';

const account = await testAccount();
const client = new CloudFormationClient(account.client);
const ssm = new SSMClient(account.client);

const value = (name: string | undefined) => parameterValue(ssm, name);
const physicalId = (stackName: string, logicalId: string) => physicalIdOf(client, stackName, logicalId);

test('a stack is created in the order of its references, with parameters, conditions, outputs and tags', async () => {
  const template = {
    Description: 'two parameters',
    Parameters: {
      Who: { Type: 'String', AllowedValues: ['you', 'me'] },
      Version: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/hnb659fds/version' },
    },
    Conditions: { Never: { 'Fn::Equals': [{ Ref: 'Who' }, 'nobody'] } },
    Rules: {
      Check: { Assertions: [{ Assert: { 'Fn::Not': [{ 'Fn::Contains': [['1', '2'], { Ref: 'Version' }] }] } }] },
    },
    Resources: {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own syntax
      Second: parameter({ 'Fn::Sub': '${Who} after ${First.Value}' }, { Tags: { own: 'yes' } }),
      First: parameter({ Ref: 'Version' }),
      Absent: parameter('x', {}, { Condition: 'Never' }),
    },
    Outputs: { Name: { Value: { Ref: 'Second' }, Export: { Name: 'second' } } },
  };
  const stack = await create(client, 'ordered', template, {
    Parameters: [{ ParameterKey: 'Who', ParameterValue: 'me' }],
    Tags: [{ Key: 'lab', Value: '01' }],
  });
  expect(stack).toMatchObject({
    StackStatus: 'CREATE_COMPLETE',
    Description: 'two parameters',
    Tags: [{ Key: 'lab', Value: '01' }],
    Parameters: [
      { ParameterKey: 'Who', ParameterValue: 'me' },
      { ParameterKey: 'Version', ParameterValue: '/cdk-bootstrap/hnb659fds/version' },
    ],
    Outputs: [{ OutputKey: 'Name', ExportName: 'second' }],
  });
  const name = stack.Outputs?.[0]?.OutputValue;
  expect(name).toMatch(/^CFN-Second-\w{12}$/);
  expect(await value(name)).toBe(`me after ${stack.Parameters?.[1]?.ResolvedValue}`);
  const { TagList } = await ssm.send(new ListTagsForResourceCommand({ ResourceType: 'Parameter', ResourceId: name }));
  expect(TagList).toEqual(
    expect.arrayContaining([
      { Key: 'lab', Value: '01' },
      { Key: 'own', Value: 'yes' },
      { Key: 'aws:cloudformation:logical-id', Value: 'Second' },
    ]),
  );
  expect(await eventsOf(client, 'ordered')).toEqual([
    'ordered CREATE_IN_PROGRESS',
    'First CREATE_IN_PROGRESS',
    'First CREATE_IN_PROGRESS',
    'First CREATE_COMPLETE',
    'Second CREATE_IN_PROGRESS',
    'Second CREATE_IN_PROGRESS',
    'Second CREATE_COMPLETE',
    'ordered CREATE_COMPLETE',
  ]);
  const importing = { Resources: { User: parameter({ 'Fn::ImportValue': 'second' }) } };
  expect(await create(client, 'importing', importing)).toMatchObject({ StackStatus: 'CREATE_COMPLETE' });
  expect(await value(await physicalId('importing', 'User'))).toBe(name);
});

test('an update changes what differs, replaces what it has to, and deletes what is gone', async () => {
  await create(client, 'changing', {
    Resources: {
      Kept: parameter('same'),
      Changed: parameter('one'),
      Renamed: parameter('x', { Name: '/renamed/before' }),
      Dependent: parameter({ Ref: 'Renamed' }),
      Gone: parameter('x', { Name: '/gone' }),
      Spared: parameter('x', { Name: '/spared' }, { DeletionPolicy: 'Retain' }),
    },
  });
  const before = await eventsOf(client, 'changing');
  const stack = await update(client, 'changing', {
    Resources: {
      Kept: parameter('same'),
      Changed: parameter('two'),
      Renamed: parameter('x', { Name: '/renamed/after' }),
      Dependent: parameter({ Ref: 'Renamed' }),
    },
  });
  expect(stack.StackStatus).toBe('UPDATE_COMPLETE');
  expect(await value(await physicalId('changing', 'Changed'))).toBe('two');
  expect(await value(await physicalId('changing', 'Dependent'))).toBe('/renamed/after');
  await expect(value('/renamed/before')).rejects.toThrow();
  await expect(value('/gone')).rejects.toThrow();
  expect(await value('/spared')).toBe('x');
  const events = (await eventsOf(client, 'changing')).slice(before.length);
  expect(events.filter((event) => /^(changing|Kept|Dependent)/.test(event))).toEqual([
    'changing UPDATE_IN_PROGRESS',
    'Dependent UPDATE_IN_PROGRESS',
    'Dependent UPDATE_COMPLETE',
    'changing UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'changing UPDATE_COMPLETE',
  ]);
  expect(events).toContain('Spared DELETE_SKIPPED');
  expect(events.indexOf('Renamed DELETE_COMPLETE')).toBeGreaterThan(
    events.indexOf('changing UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'),
  );
});

test('a stack is deleted except for retained resources; its name is free and its id still works', async () => {
  const { StackId } = await create(client, 'leaving', {
    Resources: {
      Mortal: parameter('x', { Name: '/mortal' }),
      Immortal: parameter('x', { Name: '/immortal' }, { DeletionPolicy: 'Retain' }),
    },
  });
  await client.send(
    new UpdateTerminationProtectionCommand({ StackName: 'leaving', EnableTerminationProtection: true }),
  );
  await expect(client.send(new DeleteStackCommand({ StackName: 'leaving' }))).rejects.toThrow(
    'Stack [leaving] cannot be deleted while TerminationProtection is enabled',
  );
  await client.send(
    new UpdateTerminationProtectionCommand({ StackName: 'leaving', EnableTerminationProtection: false }),
  );
  await client.send(new DeleteStackCommand({ StackName: 'leaving' }));
  expect(await ended(client, StackId)).toMatchObject({ StackStatus: 'DELETE_COMPLETE' });
  await expect(value('/mortal')).rejects.toThrow();
  expect(await value('/immortal')).toBe('x');
  await expect(client.send(new DescribeStacksCommand({ StackName: 'leaving' }))).rejects.toThrow(
    'Stack with id leaving does not exist',
  );
  await client.send(new DeleteStackCommand({ StackName: 'leaving' }));
});

test('an update that changes nothing is rejected, and a stack that cannot be updated says so', async () => {
  const template = { Resources: { A: parameter('x') } };
  await create(client, 'still', template);
  await expect(update(client, 'still', template)).rejects.toThrow('No updates are to be performed.');
  const { TemplateBody } = await client.send(new GetTemplateCommand({ StackName: 'still' }));
  expect(TemplateBody).toBe(JSON.stringify(template));
  await expect(create(client, 'still', template)).rejects.toThrow('Stack [still] already exists');
  const roleless = new UpdateStackCommand({
    StackName: 'still',
    TemplateBody: JSON.stringify({ Resources: { A: parameter('y') } }),
    RoleARN: 'arn:aws:iam::111122223333:role/nobody',
  });
  await expect(client.send(roleless)).rejects.toThrow('is invalid or cannot be assumed');
  const bad = { Resources: { Bad: parameter('y', { Name: 'no good' }) } };
  const { StackId } = await create(client, 'failing', bad);
  await expect(update(client, 'failing', template)).rejects.toThrow(
    `Stack:${StackId} is in ROLLBACK_COMPLETE state and can not be updated.`,
  );
});

test.each(['none', '-1', '1.5'])('a list cannot continue from %s', async (NextToken) => {
  const StackName = `paged-${NextToken.replace(/\W/g, 'x')}`;
  await create(client, StackName, { Resources: { A: parameter('x') } });
  const refused = { name: 'ValidationError', message: expect.stringContaining('NextToken') };
  await expect(client.send(new ListStacksCommand({ NextToken }))).rejects.toMatchObject(refused);
  await expect(client.send(new DescribeStackEventsCommand({ StackName, NextToken }))).rejects.toMatchObject(refused);
});

test.each<[string, () => Promise<unknown>, string]>([
  [
    'an unknown capability',
    () => create(client, 'capable', { Resources: { A: parameter('x') } }, { Capabilities: ['FOO' as Capability] }),
    "Value '[FOO]' at 'capabilities' failed",
  ],
  [
    'an unknown status',
    () => client.send(new ListStacksCommand({ StackStatusFilter: ['CREATED' as StackStatus] })),
    "Value '[CREATED]' at 'stackStatusFilter' failed",
  ],
  ['no stack', () => client.send(new DescribeStackResourcesCommand({})), "Value null at 'stackName' failed"],
])('%s is refused', async (_name, send, message) => {
  await expect(send()).rejects.toMatchObject({ name: 'ValidationError', message: expect.stringContaining(message) });
});

test('stacks are listed by their status', async () => {
  await create(client, 'listed', { Resources: { A: parameter('x') } });
  const { StackSummaries } = await client.send(new ListStacksCommand({ StackStatusFilter: ['CREATE_COMPLETE'] }));
  expect(StackSummaries?.map(({ StackName }) => StackName)).toContain('listed');
});
