import {
  CloudFormationClient,
  DeleteStackCommand,
  DescribeStacksCommand,
  ListImportsCommand,
} from '@aws-sdk/client-cloudformation';
import { expect, test } from 'vitest';
import { testAccount } from '../../account.ts';
import { create, ended, parameter, rawEvents, update } from './deploying.ts';

const account = await testAccount();
const client = new CloudFormationClient(account.client);

const exporting = (Value: string, Outputs: object = { Out: { Value, Export: { Name: 'shared' } } }) => ({
  Resources: { A: parameter(Value) },
  Outputs,
});
const statusOf = async (StackName: string) => {
  const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
  return stack;
};

test('an export that a stack imports cannot be changed or deleted, nor can its stack', async () => {
  await create(client, 'exporter', exporting('one'));
  await create(client, 'importer', {
    Parameters: { Name: { Type: 'String', Default: 'shared' } },
    Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
    Resources: {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own syntax
      A: parameter({ 'Fn::Join': ['', ['x', { 'Fn::ImportValue': { 'Fn::Sub': '${Name}' } }]] }),
      B: parameter({ 'Fn::If': ['Never', { 'Fn::ImportValue': 'nowhere' }, 'y'] }),
    },
  });
  const { Imports } = await client.send(new ListImportsCommand({ ExportName: 'shared' }));
  expect(Imports).toEqual(['importer']);
  await expect(client.send(new ListImportsCommand({ ExportName: 'nowhere' }))).rejects.toThrow(
    "Export 'nowhere' is not imported by any stack.",
  );

  const reasons = async () =>
    (await rawEvents(client, 'exporter')).map(({ ResourceStatusReason }) => ResourceStatusReason);
  expect(await update(client, 'exporter', exporting('two'))).toMatchObject({
    StackStatus: 'UPDATE_ROLLBACK_COMPLETE',
    Outputs: [{ OutputValue: 'one' }],
  });
  expect((await reasons()).join()).toContain('Export shared cannot be updated as it is in use by importer');
  expect((await update(client, 'exporter', exporting('three', {}))).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect((await reasons()).join()).toContain('Export shared cannot be deleted as it is in use by importer');

  await client.send(new DeleteStackCommand({ StackName: 'exporter' }));
  expect(await statusOf('exporter')).toMatchObject({
    StackStatus: 'UPDATE_ROLLBACK_COMPLETE',
    StackStatusReason: 'Delete canceled. Cannot delete export shared as it is in use by importer.',
  });
  expect((await reasons()).at(-1)).toContain('Delete canceled.');
  const kept = { Outputs: { Out: { Value: 'one', Export: { Name: 'shared' } }, More: { Value: 'x' } } };
  expect((await update(client, 'exporter', exporting('four', kept.Outputs))).StackStatus).toBe('UPDATE_COMPLETE');

  const { StackId } = (await statusOf('importer')) ?? {};
  await client.send(new DeleteStackCommand({ StackName: 'importer' }));
  await ended(client, StackId);
  expect((await update(client, 'exporter', exporting('five'))).StackStatus).toBe('UPDATE_COMPLETE');
  const exporter = (await statusOf('exporter'))?.StackId;
  await client.send(new DeleteStackCommand({ StackName: 'exporter' }));
  expect((await ended(client, exporter)).StackStatus).toBe('DELETE_COMPLETE');
});

test('exports that swap between outputs keep their values', async () => {
  const outputs = (one: string, two: string) => ({
    One: { Value: 'v', Export: { Name: one } },
    Two: { Value: 'v', Export: { Name: two } },
  });
  await create(client, 'swapper', exporting('a', outputs('first', 'second')));
  await create(client, 'swap-importer', { Resources: { A: parameter({ 'Fn::ImportValue': 'first' }) } });
  expect((await update(client, 'swapper', exporting('b', outputs('second', 'first')))).StackStatus).toBe(
    'UPDATE_COMPLETE',
  );
});
