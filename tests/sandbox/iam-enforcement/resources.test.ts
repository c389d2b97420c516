import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DescribeChangeSetCommand,
  DescribeStacksCommand,
  ListStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { IAMClient, ListPoliciesCommand, ListRolesCommand, ListUsersCommand } from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import { testAccount } from '../../account.ts';
import { type Client, makeUser, permit } from './callers.ts';

const account = await testAccount();
const user = await makeUser(account, 'reader');

const TemplateBody = JSON.stringify({ Resources: { Group: { Type: 'AWS::Logs::LogGroup' } } });
const PathPrefix = '/team/';
const stack = 'arn:aws:cloudformation:us-east-1:111122223333:stack';

test.each<[string, string, (client: Client) => Promise<unknown>]>([
  [
    'iam:ListRoles',
    'arn:aws:iam::111122223333:role/',
    (client) => new IAMClient(client).send(new ListRolesCommand({})),
  ],
  [
    'iam:ListRoles',
    'arn:aws:iam::111122223333:role/team/',
    (client) => new IAMClient(client).send(new ListRolesCommand({ PathPrefix })),
  ],
  [
    'iam:ListUsers',
    'arn:aws:iam::111122223333:user/',
    (client) => new IAMClient(client).send(new ListUsersCommand({})),
  ],
  [
    'iam:ListPolicies',
    'arn:aws:iam::111122223333:policy/',
    (client) => new IAMClient(client).send(new ListPoliciesCommand({ Scope: 'Local' })),
  ],
  [
    'dynamodb:ListTables',
    'arn:aws:dynamodb:us-east-1:111122223333:table/*',
    (client) => new DynamoDBClient(client).send(new ListTablesCommand({})),
  ],
  [
    'cloudformation:ListStacks',
    `${stack}/*/*`,
    (client) => new CloudFormationClient(client).send(new ListStacksCommand({})),
  ],
  [
    'cloudformation:CreateStack',
    `${stack}/new/*`,
    (client) => new CloudFormationClient(client).send(new CreateStackCommand({ StackName: 'new', TemplateBody })),
  ],
])('%s is authorized on %s', async (Action, Resource, call) => {
  await permit(account, 'reader', { Action, Resource: Resource.replace(/[^:/]*$/, 'other') });
  await expect(call(user)).rejects.toThrow(`is not authorized to perform: ${Action} on resource: ${Resource}`);
  await permit(account, 'reader', { Action, Resource });
  await call(user);
});

test('a stack and a change set are authorized on their own ARNs', async () => {
  const administrator = new CloudFormationClient(account.client);
  const { StackId = '' } = await administrator.send(new CreateStackCommand({ StackName: 'there', TemplateBody }));
  const { Id = '' } = await administrator.send(
    new CreateChangeSetCommand({ StackName: 'soon', ChangeSetName: 'first', ChangeSetType: 'CREATE', TemplateBody }),
  );
  const client = new CloudFormationClient(user);
  const Action = ['cloudformation:DescribeStacks', 'cloudformation:DescribeChangeSet'];
  await permit(account, 'reader', { Action, Resource: `${stack}/there/no-such-id` });
  await expect(client.send(new DescribeStacksCommand({ StackName: 'there' }))).rejects.toThrow(
    `cloudformation:DescribeStacks on resource: ${StackId}`,
  );
  await expect(client.send(new DescribeChangeSetCommand({ ChangeSetName: Id }))).rejects.toThrow(
    `cloudformation:DescribeChangeSet on resource: ${Id}`,
  );
  await permit(account, 'reader', { Action, Resource: [StackId, Id] });
  await client.send(new DescribeStacksCommand({ StackName: 'there' }));
  await client.send(new DescribeChangeSetCommand({ ChangeSetName: Id }));
});
