import type { DescribeStackResourceInput, DescribeStackResourceOutput } from '@aws-sdk/client-cloudformation';
import { operation } from '../../../calls/operation.ts';
import { requireStack, stackArn } from '../lookup.ts';
import { resources, stackScope } from '../records.ts';
import { resourceDetail } from '../resource-detail.ts';
import { ValidationError } from '../validation-error.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackResource.html */
export const describeStackResource = operation<DescribeStackResourceInput, DescribeStackResourceOutput, 'store'>({
  resource: ({ StackName }, call) => stackArn(StackName, call),
  run({ StackName, LogicalResourceId = '' }, call) {
    const stack = requireStack(StackName, call, `Stack '${StackName}' does not exist`);
    const record = resources.get(call.store, stackScope(stack.StackId), LogicalResourceId);
    if (record === undefined) {
      throw new ValidationError(`Resource ${LogicalResourceId} does not exist for stack ${stack.StackName}`);
    }
    const { Timestamp, ...detail } = resourceDetail(stack, record);
    return {
      StackResourceDetail: { ...detail, LastUpdatedTimestamp: Timestamp, Metadata: record.metadata ?? '{}' },
    };
  },
});
