import { CloudFormationClient, CreateStackCommand, DescribeStackEventsCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestAccount, type TestAccount } from '../../account.ts';

let account: TestAccount;
let cloudformation: CloudFormationClient;
let ssm: SSMClient;

beforeAll(async () => {
  account = await startTestAccount();
  cloudformation = new CloudFormationClient(account.client);
  ssm = new SSMClient(account.client);
});
afterAll(() => account.close());

test('a stack is created in order', async () => {
  const TemplateBody = JSON.stringify({
    Resources: {
      First: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'one' } },
      Second: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/second', Type: 'String', Value: { 'Fn::Sub': 'after ${First}' } } },
    },
    Outputs: { Name: { Value: { Ref: 'First' } } },
  });
  const t = performance.now();
  const { StackId } = await cloudformation.send(new CreateStackCommand({ StackName: 'simple', TemplateBody }));
  const { Stacks: [stack] = [] } = await cloudformation.send(new DescribeStacksCommand({ StackName: StackId }));
  console.log(performance.now() - t, JSON.stringify(stack));
  const { StackEvents } = await cloudformation.send(new DescribeStackEventsCommand({ StackName: 'simple' }));
  for (const e of StackEvents ?? []) console.log(e.Timestamp?.toISOString(), e.ResourceStatus, e.LogicalResourceId, e.PhysicalResourceId, e.ResourceStatusReason);
  expect(stack?.StackStatus).toBe('CREATE_COMPLETE');
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: '/second' }));
  expect(Parameter?.Value).toMatch(/^after CFN-simple-First-\w{12}$/);
});
