import type { ListStacksInput, ListStacksOutput, StackStatus } from '@aws-sdk/client-cloudformation';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { date } from '../describe.ts';
import { list, pageOf } from '../members.ts';
import { stacks } from '../records.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListStacks.html */
export const listStacks = operation<ListStacksInput, ListStacksOutput, 'store'>({
  resource: () => '*',
  run({ StackStatusFilter, NextToken }, call) {
    const wanted: readonly string[] = list(StackStatusFilter);
    const found = stacks
      .list(call.store, regional(call))
      .filter(({ StackStatus }) => wanted.length === 0 || wanted.includes(StackStatus))
      .sort((a, b) => (a.CreationTime < b.CreationTime ? 1 : -1));
    const { page, ...next } = pageOf(found, NextToken, 100);
    return {
      StackSummaries: page.map((stack) => ({
        StackId: stack.StackId,
        StackName: stack.StackName,
        TemplateDescription: stack.Description,
        CreationTime: new Date(stack.CreationTime),
        LastUpdatedTime: date(stack.LastUpdatedTime),
        DeletionTime: date(stack.DeletionTime),
        StackStatus: stack.StackStatus as StackStatus,
        StackStatusReason: stack.StackStatusReason,
        DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
      })),
      ...next,
    };
  },
});
