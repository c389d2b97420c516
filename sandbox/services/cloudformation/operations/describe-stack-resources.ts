import type { DescribeStackResourcesInput, DescribeStackResourcesOutput } from '@aws-sdk/client-cloudformation';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { requireStack, stackArn } from '../lookup.ts';
import { resources, type StackRecord, stackScope, stacks } from '../records.ts';
import { resourceDetail } from '../resource-detail.ts';
import { ValidationError } from '../validation-error.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackResources.html */
export const describeStackResources = operation<DescribeStackResourcesInput, DescribeStackResourcesOutput, 'store'>({
  resource: ({ StackName }, call) => stackArn(StackName, call),
  run({ StackName, LogicalResourceId, PhysicalResourceId }, call) {
    const held = (stack: StackRecord) => resources.list(call.store, stackScope(stack.StackId));
    const stack =
      PhysicalResourceId === undefined
        ? requireStack(StackName, call)
        : stacks
            .list(call.store, regional(call))
            .filter(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE')
            .find((candidate) => held(candidate).some(({ physicalId }) => physicalId === PhysicalResourceId));
    if (stack === undefined) throw new ValidationError(`Stack for ${PhysicalResourceId} does not exist`);
    return {
      StackResources: held(stack)
        .filter(({ logicalId }) => LogicalResourceId === undefined || logicalId === LogicalResourceId)
        .map((record) => resourceDetail(stack, record)),
    };
  },
});
