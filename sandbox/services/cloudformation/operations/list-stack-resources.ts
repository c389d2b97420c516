import type { ListStackResourcesInput, ListStackResourcesOutput } from '@aws-sdk/client-cloudformation';
import { operation } from '../../../calls/operation.ts';
import { requireStack, stackArn } from '../lookup.ts';
import { pageOf } from '../members.ts';
import { resources, stackScope } from '../records.ts';
import { resourceDetail } from '../resource-detail.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListStackResources.html */
export const listStackResources = operation<ListStackResourcesInput, ListStackResourcesOutput, 'store'>({
  resource: ({ StackName }, call) => stackArn(StackName, call),
  run({ StackName, NextToken }, call) {
    const stack = requireStack(StackName, call);
    const { page, ...next } = pageOf(resources.list(call.store, stackScope(stack.StackId)), NextToken, 100);
    return {
      StackResourceSummaries: page.map((record) => {
        const { Timestamp, StackId, StackName: _name, ...summary } = resourceDetail(stack, record);
        return { ...summary, LastUpdatedTimestamp: Timestamp };
      }),
      ...next,
    };
  },
});
