import type { ListStacksInput, ListStacksOutput, StackStatus } from '@aws-sdk/client-cloudformation';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { date } from '../describe.ts';
import { stackArn } from '../lookup.ts';
import { list, pageOf } from '../members.ts';
import { stacks } from '../records.ts';
import { ValidationError } from '../validation-error.ts';

const statuses: readonly string[] = [
  'CREATE',
  'DELETE',
  'IMPORT',
  'IMPORT_ROLLBACK',
  'ROLLBACK',
  'UPDATE',
  'UPDATE_ROLLBACK',
]
  .flatMap((work) => ['IN_PROGRESS', 'COMPLETE', 'FAILED'].map((state) => `${work}_${state}`))
  .filter((status) => status !== 'IMPORT_FAILED')
  .concat('REVIEW_IN_PROGRESS', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListStacks.html */
export const listStacks = operation<ListStacksInput, ListStacksOutput, 'store'>({
  resource: (_input, call) => stackArn(undefined, call),
  run({ StackStatusFilter, NextToken }, call) {
    const wanted: readonly string[] = list(StackStatusFilter);
    const unknown = wanted.find((status) => !statuses.includes(status));
    if (unknown !== undefined) {
      throw new ValidationError(
        `1 validation error detected: Value '[${wanted.join(', ')}]' at 'stackStatusFilter' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [${statuses.join(', ')}]]`,
      );
    }
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
