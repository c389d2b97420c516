import {
  CloudFormationClient,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  ListStacksCommand,
  UpdateStackCommand,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import { GetParameterCommand, ListTagsForResourceCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import { testAccount } from '../../account.ts';
import { create, ended, eventsOf, parameter, rawEvents, update } from './deploying.ts';

const account = await testAccount();
const client = new CloudFormationClient(account.client);
const ssm = new SSMClient(account.client);

const value = async (Name: string | undefined) => {
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name }));
  return Parameter?.Value;
};
const physicalId = async (StackName: string, LogicalResourceId: string) => {
  const answer = await client.send(new DescribeStackResourcesCommand({ StackName, LogicalResourceId }));
  return answer.StackResources?.[0]?.PhysicalResourceId;
};

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

test('a failed update is rolled back, and the events say why', async () => {
  await ssm.send(new PutParameterCommand({ Name: '/taken', Type: 'String', Value: 'mine' }));
  const bad = { Resources: { Good: parameter('x'), Bad: parameter('y', { Name: '/taken' }, { DependsOn: 'Good' }) } };
  const created = await create(client, 'failing', bad);
  expect(created.StackStatus).toBe('ROLLBACK_COMPLETE');
  const events = await rawEvents(client, 'failing');
  expect(events.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED')?.ResourceStatusReason).toBe(
    "Resource of type 'AWS::SSM::Parameter' with identifier '/taken' already exists.",
  );
  expect(events.find(({ ResourceStatus }) => ResourceStatus === 'ROLLBACK_IN_PROGRESS')?.ResourceStatusReason).toBe(
    'The following resource(s) failed to create: [Bad]. Rollback requested by user.',
  );
  expect(await value('/taken')).toBe('mine');

  await create(client, 'turning', { Resources: { One: parameter('before'), Two: parameter('x', { Name: '/two' }) } });
  const updated = await update(client, 'turning', {
    Resources: {
      One: parameter('after'),
      Two: parameter('x', { Name: '/two/after' }),
      Bad: parameter('y', { AllowedPattern: '^z$' }, { DependsOn: ['One', 'Two'] }),
    },
  });
  expect(updated.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await value(await physicalId('turning', 'One'))).toBe('before');
  expect(await physicalId('turning', 'Two')).toBe('/two');
  expect(await value('/two')).toBe('x');
  await expect(value('/two/after')).rejects.toThrow();
  const failed = (await rawEvents(client, 'turning')).find(({ LogicalResourceId, ResourceStatus }) =>
    LogicalResourceId === 'Bad' ? ResourceStatus === 'CREATE_FAILED' : false,
  );
  expect(failed?.ResourceStatusReason).toMatch(
    /^Resource handler returned message: "Parameter value, cannot be validated against allowedPattern: \^z\$ \(Service: Ssm, Status Code: 400, Request ID: [\w-]+\)" \(RequestToken: [\w-]+, HandlerErrorCode: \w+\)$/,
  );
  expect(await update(client, 'turning', { Resources: { One: parameter('again') } })).toMatchObject({
    StackStatus: 'UPDATE_COMPLETE',
  });
});

test('a rollback waits for the resources that are still being created', async () => {
  const others = Object.fromEntries(
    Array.from({ length: 20 }, (_, index) => [`Other${index}`, parameter({ Ref: 'First' })]),
  );
  const stack = await create(client, 'rolling', {
    Resources: {
      First: parameter('x'),
      // There is no second item, which only shows if the first parameter is present.
      Bad: parameter({ 'Fn::Select': [1, { 'Fn::Split': [',', { Ref: 'First' }] }] }),
      ...others,
    },
  });
  expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');
  const before = await rawEvents(client, 'rolling');
  expect(before.at(-1)).toMatchObject({ LogicalResourceId: 'rolling', ResourceStatus: 'ROLLBACK_COMPLETE' });
  expect(before.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED')).toMatchObject({
    LogicalResourceId: 'Bad',
    ResourceStatusReason: 'Template error: Fn::Select cannot select nonexistent value at index 1',
  });
  const started = before.findIndex(({ ResourceStatus }) => ResourceStatus === 'ROLLBACK_IN_PROGRESS');
  const after = before.slice(started + 1).map(({ ResourceStatus = '' }) => ResourceStatus);
  expect(after.filter((status) => status.startsWith('CREATE'))).toEqual([]);
  const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName: stack.StackId }));
  expect(new Set(StackResources.map(({ ResourceStatus }) => ResourceStatus))).toEqual(new Set(['DELETE_COMPLETE']));
});

test('without rollback a failed stack stays as it is', async () => {
  const template = { Resources: { Good: parameter('x'), Bad: parameter('y', { Name: 'no good' }) } };
  const stack = await create(client, 'kept-failed', template, { DisableRollback: true });
  expect(stack.StackStatus).toBe('CREATE_FAILED');
  expect(await value(await physicalId('kept-failed', 'Good'))).toBe('x');
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
  const { StackId } = await ended(client, 'failing');
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
