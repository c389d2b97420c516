import { CloudFormationClient, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import { testAccount } from '../../account.ts';
import { create, parameter, parameterValue, physicalIdOf, rawEvents, update } from './deploying.ts';

const account = await testAccount();
const client = new CloudFormationClient(account.client);
const ssm = new SSMClient(account.client);

const value = (name: string | undefined) => parameterValue(ssm, name);
const physicalId = (stackName: string, logicalId: string) => physicalIdOf(client, stackName, logicalId);

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
