import type { DeleteChangeSetInput, DeleteChangeSetOutput } from '@aws-sdk/client-cloudformation';
import { operation } from '../../../calls/operation.ts';
import { changeSetArn, findChangeSet, findStack } from '../lookup.ts';
import { changeSets, key, stackScope } from '../records.ts';
import { ValidationError } from '../validation-error.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteChangeSet.html */
export const deleteChangeSet = operation<DeleteChangeSetInput, DeleteChangeSetOutput, 'store'>({
  resource: changeSetArn,
  async run({ ChangeSetName, StackName }, call) {
    if (StackName !== undefined && findStack(StackName, call) === undefined) {
      throw new ValidationError(`Stack [${StackName}] does not exist`);
    }
    const found = findChangeSet(ChangeSetName, StackName, call);
    // Deleting something nonexistent succeeds, as on AWS.
    if (found === undefined) return {};
    await call.store.commit([changeSets.remove(stackScope(found.stack.StackId), key(found.changeSet.ChangeSetId))]);
    return {};
  },
});
