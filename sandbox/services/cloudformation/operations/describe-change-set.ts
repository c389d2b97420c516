import type { DescribeChangeSetInput, DescribeChangeSetOutput } from '@aws-sdk/client-cloudformation';
import { operation } from '../../../calls/operation.ts';
import { shownParameters } from '../describe.ts';
import { findChangeSet, requireChangeSet, stackArn } from '../lookup.ts';
import { pageOf } from '../members.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeChangeSet.html */
export const describeChangeSet = operation<DescribeChangeSetInput, DescribeChangeSetOutput, 'store'>({
  resource: ({ ChangeSetName, StackName }, call) =>
    stackArn(StackName ?? findChangeSet(ChangeSetName, undefined, call)?.stack.StackId, call),
  run({ ChangeSetName, StackName, NextToken }, call) {
    const { stack, changeSet } = requireChangeSet(ChangeSetName, StackName, call);
    const { page, ...next } = pageOf(changeSet.Changes, NextToken, 100);
    return {
      ChangeSetName: changeSet.ChangeSetName,
      ChangeSetId: changeSet.ChangeSetId,
      StackId: stack.StackId,
      StackName: stack.StackName,
      Description: changeSet.ChangeSetDescription,
      Parameters: shownParameters(changeSet.Parameters),
      CreationTime: new Date(changeSet.CreationTime),
      ExecutionStatus: changeSet.ExecutionStatus as DescribeChangeSetOutput['ExecutionStatus'],
      Status: changeSet.Status as DescribeChangeSetOutput['Status'],
      StatusReason: changeSet.StatusReason,
      NotificationARNs: [...changeSet.NotificationARNs],
      RollbackConfiguration: {},
      Capabilities: changeSet.Capabilities as DescribeChangeSetOutput['Capabilities'],
      Tags: [...changeSet.Tags],
      Changes: page,
      IncludeNestedStacks: false,
      OnStackFailure: changeSet.OnStackFailure,
      ...next,
    };
  },
});
