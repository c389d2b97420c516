import type { ExecuteChangeSetInput, ExecuteChangeSetOutput } from '@aws-sdk/client-cloudformation';
import { AwsError, UnsupportedError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { type BeginNeeds, requireUpdatable } from '../begin.ts';
import { changeSetArn, requireChangeSet } from '../lookup.ts';
import { flag } from '../members.ts';
import { changeSets, key, type StackDefinition, stackScope } from '../records.ts';
import { setToWork } from '../update.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ExecuteChangeSet.html */
export const executeChangeSet = operation<ExecuteChangeSetInput, ExecuteChangeSetOutput, BeginNeeds>({
  resource: changeSetArn,
  async run(input, call) {
    const { stack, changeSet } = requireChangeSet(input.ChangeSetName, input.StackName, call);
    if (changeSet.ExecutionStatus !== 'AVAILABLE') {
      throw new AwsError(
        'InvalidChangeSetStatus',
        `ChangeSet [${changeSet.ChangeSetId}] cannot be executed in its current status of [${changeSet.Status}]`,
      );
    }
    const isNew = stack.StackStatus === 'REVIEW_IN_PROGRESS';
    if (!isNew) requireUpdatable(stack);
    const DisableRollback = flag(input.DisableRollback);
    if (!isNew && DisableRollback) {
      throw new UnsupportedError('updates of stacks without rollback (DisableRollback)');
    }
    const { template, Description, Parameters, Tags, Capabilities, RoleARN } = changeSet;
    const definition: StackDefinition = { template, Description, Parameters, Tags, Capabilities, RoleARN };
    // Once one change set is executed, the stack's other ones are outdated.
    const scope = stackScope(stack.StackId);
    const others = changeSets
      .list(call.store, scope)
      .filter(({ ChangeSetId }) => ChangeSetId !== changeSet.ChangeSetId);
    await setToWork(
      call,
      stack,
      definition,
      {
        onFailure: changeSet.OnStackFailure ?? (DisableRollback ? 'DO_NOTHING' : 'ROLLBACK'),
        retainExceptOnCreate: flag(input.RetainExceptOnCreate),
        retain: [],
        token: input.ClientRequestToken,
      },
      {
        changes: { ChangeSetId: changeSet.ChangeSetId, DisableRollback, NotificationARNs: changeSet.NotificationARNs },
        writes: [
          changeSets.put(scope, key(changeSet.ChangeSetId), { ...changeSet, ExecutionStatus: 'EXECUTE_COMPLETE' }),
          ...others.map(({ ChangeSetId }) => changeSets.remove(scope, key(ChangeSetId))),
        ],
      },
    );
    return {};
  },
});
