import type { ListStacksInput, ListStacksOutput, StackStatus } from '@aws-sdk/client-cloudformation';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { date } from '../describe.ts';
import { stackArn } from '../lookup.ts';
import { list, pageOf } from '../members.ts';
import { stacks } from '../records.ts';
import { requireMembers } from '../validation-error.ts';

const statuses: readonly string[] = [
  'CREATE_COMPLETE',
  'CREATE_FAILED',
  'CREATE_IN_PROGRESS',
  'DELETE_COMPLETE',
  'DELETE_FAILED',
  'DELETE_IN_PROGRESS',
  'IMPORT_COMPLETE',
  'IMPORT_IN_PROGRESS',
  'IMPORT_ROLLBACK_COMPLETE',
  'IMPORT_ROLLBACK_FAILED',
  'IMPORT_ROLLBACK_IN_PROGRESS',
  'REVIEW_IN_PROGRESS',
  'ROLLBACK_COMPLETE',
  'ROLLBACK_FAILED',
  'ROLLBACK_IN_PROGRESS',
  'UPDATE_COMPLETE',
  'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
  'UPDATE_FAILED',
  'UPDATE_IN_PROGRESS',
  'UPDATE_ROLLBACK_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
  'UPDATE_ROLLBACK_FAILED',
  'UPDATE_ROLLBACK_IN_PROGRESS',
];

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListStacks.html */
export const listStacks = operation<ListStacksInput, ListStacksOutput, 'store'>({
  resource: (_input, call) => stackArn(undefined, call),
  run({ StackStatusFilter, NextToken }, call) {
    const wanted: readonly string[] = list(StackStatusFilter);
    requireMembers('stackStatusFilter', wanted, statuses);
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
