import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';

/** Returns an output of a stack. Rejects if the stack has none with this key. */
export async function stackOutput(client: CloudFormationClient, StackName: string, key: string): Promise<string> {
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
  const value = Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === key)?.OutputValue;
  if (value === undefined) throw new Error(`The stack ${StackName} has no output ${key}.`);
  return value;
}
