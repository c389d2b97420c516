import type { ChangeSetSummary, ListChangeSetsInput, ListChangeSetsOutput } from '@aws-sdk/client-cloudformation';
import { operation } from '../../../calls/operation.ts';
import { requireStack, stackArn } from '../lookup.ts';
import { pageOf } from '../members.ts';
import { changeSets, stackScope } from '../records.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListChangeSets.html */
export const listChangeSets = operation<ListChangeSetsInput, ListChangeSetsOutput, 'store'>({
  resource: ({ StackName }, call) => stackArn(StackName, call),
  run({ StackName, NextToken }, call) {
    const stack = requireStack(StackName, call, `Stack [${StackName}] does not exist`);
    const { page, ...next } = pageOf(changeSets.list(call.store, stackScope(stack.StackId)), NextToken, 100);
    return {
      Summaries: page.map((changeSet) => ({
        StackId: stack.StackId,
        StackName: stack.StackName,
        ChangeSetId: changeSet.ChangeSetId,
        ChangeSetName: changeSet.ChangeSetName,
        ExecutionStatus: changeSet.ExecutionStatus as ChangeSetSummary['ExecutionStatus'],
        Status: changeSet.Status as ChangeSetSummary['Status'],
        StatusReason: changeSet.StatusReason,
        CreationTime: new Date(changeSet.CreationTime),
        Description: changeSet.ChangeSetDescription,
        IncludeNestedStacks: false,
      })),
      ...next,
    };
  },
});
