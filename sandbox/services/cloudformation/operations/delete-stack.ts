import type { DeleteStackInput } from '@aws-sdk/client-cloudformation';
import { passRole } from '../../../authorization/pass-role.ts';
import { type Call, regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { type BeginNeeds, begin } from '../begin.ts';
import { deleteStack as deleteResources } from '../engine/delete.ts';
import { engineOf } from '../engine/engine.ts';
import { importersOf } from '../engine/imports.ts';
import { stackWrites } from '../engine/journal.ts';
import { findStack, stackArn } from '../lookup.ts';
import { list } from '../members.ts';
import { changeSets, key, type StackRecord, stackScope, stacks } from '../records.ts';
import { ValidationError } from '../validation-error.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStack.html */
export const deleteStack = operation<DeleteStackInput, object, BeginNeeds>({
  resource: ({ StackName }, call) => stackArn(StackName, call),
  alsoNeeds: ({ RoleARN }) => passRole(RoleARN, 'cloudformation.amazonaws.com'),
  async run(input, call) {
    const stack = findStack(input.StackName, call);
    // Deleting something nonexistent succeeds, as on AWS.
    if (stack === undefined || stack.StackStatus === 'DELETE_COMPLETE') return {};
    if (stack.EnableTerminationProtection) {
      throw new ValidationError(`Stack [${stack.StackName}] cannot be deleted while TerminationProtection is enabled`);
    }
    const scope = stackScope(stack.StackId);
    const dropped = changeSets
      .list(call.store, scope)
      .map(({ ChangeSetId }) => changeSets.remove(scope, key(ChangeSetId)));
    if (stack.StackStatus === 'REVIEW_IN_PROGRESS') {
      const DeletionTime = call.clock.now().toISOString();
      const gone = { ...stack, StackStatus: 'DELETE_COMPLETE', DeletionTime };
      await call.store.commit([stacks.put(regional(call), key(stack.StackId), gone), ...dropped]);
      return {};
    }
    if (stack.StackStatus === 'DELETE_IN_PROGRESS') return {};
    if (/IN_PROGRESS$/.test(stack.StackStatus)) {
      throw new ValidationError(`Stack [${stack.StackName}] cannot be deleted while in status ${stack.StackStatus}`);
    }
    const retain = list(input.RetainResources);
    if (retain.length > 0 && stack.StackStatus !== 'DELETE_FAILED') {
      throw new ValidationError(
        `Invalid operation on stack [${stack.StackId}]. This stack is currently in a non-terminal [${stack.StackStatus}] state. To update the stack please use a terminal state.`,
      );
    }
    const inUse = exportInUse(stack, call);
    if (inUse !== undefined) {
      // The stack keeps its status; the reason is in its record and its events.
      const StackStatusReason = `Delete canceled. Cannot delete export ${inUse}.`;
      await call.store.commit(
        stackWrites({ engine: engineOf(call), stackId: stack.StackId }, { ...stack, StackStatusReason }),
      );
      return {};
    }
    await begin(
      call,
      stack,
      {
        status: 'DELETE_IN_PROGRESS',
        manner: {
          onFailure: 'DO_NOTHING',
          retainExceptOnCreate: false,
          retain,
          token: input.ClientRequestToken,
        },
        changes: input.RoleARN === undefined ? {} : { RoleARN: input.RoleARN },
        writes: dropped,
      },
      deleteResources,
    );
    return {};
  },
});

/** Returns the first export of a stack that other stacks import, with their names; undefined if there is none. */
function exportInUse({ Outputs }: StackRecord, call: Call<BeginNeeds>): string | undefined {
  for (const { ExportName } of Outputs) {
    const importers = ExportName === undefined ? [] : importersOf(engineOf(call), ExportName);
    if (importers.length > 0) return `${ExportName} as it is in use by ${importers.join(' and ')}`;
  }
  return undefined;
}
