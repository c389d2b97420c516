import {
  type CloudFormationClient,
  CreateStackCommand,
  type CreateStackInput,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  type Stack,
  type StackEvent,
  UpdateStackCommand,
  type UpdateStackInput,
} from '@aws-sdk/client-cloudformation';
import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';

/** A Systems Manager parameter as a resource in a template: the smallest there is. */
export function parameter(Value: unknown, properties: object = {}, rest: object = {}) {
  return { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value, ...properties }, ...rest };
}

/** Returns the value of a parameter. */
export async function parameterValue(ssm: SSMClient, Name: string | undefined): Promise<string | undefined> {
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name }));
  return Parameter?.Value;
}

/** Returns the physical id of a stack's resource. */
export async function physicalIdOf(
  client: CloudFormationClient,
  StackName: string,
  LogicalResourceId: string,
): Promise<string | undefined> {
  const answer = await client.send(new DescribeStackResourcesCommand({ StackName, LogicalResourceId }));
  return answer.StackResources?.[0]?.PhysicalResourceId;
}

/** Creates a stack and resolves with it when the creation has ended. */
export async function create(
  client: CloudFormationClient,
  StackName: string,
  template: object,
  input: Partial<CreateStackInput> = {},
): Promise<Stack> {
  const { StackId } = await client.send(
    new CreateStackCommand({ StackName, TemplateBody: JSON.stringify(template), ...input }),
  );
  return ended(client, StackId);
}

/** Updates a stack and resolves with it when the update has ended. */
export async function update(
  client: CloudFormationClient,
  StackName: string,
  template: object,
  input: Partial<UpdateStackInput> = {},
): Promise<Stack> {
  await client.send(new UpdateStackCommand({ StackName, TemplateBody: JSON.stringify(template), ...input }));
  return ended(client, StackName);
}

/** The stack when nothing is in progress any more; each answer is held until then, up to a limit. */
export async function ended(client: CloudFormationClient, name: string | undefined): Promise<Stack> {
  for (;;) {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    if (stack === undefined) throw new Error(`There is no stack ${name}.`);
    if (!stack.StackStatus?.endsWith('IN_PROGRESS')) return stack;
  }
}

/** The events of a stack, oldest first, as `LogicalId STATUS`. */
export async function eventsOf(client: CloudFormationClient, StackName: string): Promise<string[]> {
  return (await rawEvents(client, StackName)).map((event) => `${event.LogicalResourceId} ${event.ResourceStatus}`);
}

export async function rawEvents(client: CloudFormationClient, StackName: string): Promise<StackEvent[]> {
  const events: StackEvent[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(new DescribeStackEventsCommand({ StackName, NextToken }));
    events.push(...(page.StackEvents ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return events.reverse();
}
