import type { DescribeStacksInput, DescribeStacksOutput } from '@aws-sdk/client-cloudformation';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { described } from '../describe.ts';
import { requireStack, stackArn } from '../lookup.ts';
import { pageOf } from '../members.ts';
import { stacks } from '../records.ts';

/**
 * How long a response about a stack in progress waits for its end, in milliseconds: the CDK CLI sleeps for five seconds
 * whenever it gets "in progress".
 */
const patience = 4000;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html */
export const describeStacks = operation<DescribeStacksInput, DescribeStacksOutput, 'store' | 'address' | 'deployments'>(
  {
    resource: ({ StackName }, call) => stackArn(StackName, call),
    async run({ StackName, NextToken }, call) {
      if (StackName !== undefined) {
        const { StackId } = requireStack(StackName, call);
        await call.deployments.ended(StackId, patience);
        return { Stacks: [described(requireStack(StackId, call), call.address)] };
      }
      const all = stacks
        .list(call.store, regional(call))
        .filter(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE');
      const { page, ...next } = pageOf(all, NextToken, 100);
      return { Stacks: page.map((stack) => described(stack, call.address)), ...next };
    },
  },
);
