import type { ContinueUpdateRollbackInput, ContinueUpdateRollbackOutput } from '@aws-sdk/client-cloudformation';
import { passRole } from '../../../authorization/pass-role.ts';
import { UnsupportedError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { type BeginNeeds, begin } from '../begin.ts';
import { continueUpdateRollback as goOn } from '../engine/rollback.ts';
import { requireStack, stackArn } from '../lookup.ts';
import { list } from '../members.ts';
import { ValidationError } from '../validation-error.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ContinueUpdateRollback.html */
export const continueUpdateRollback = operation<ContinueUpdateRollbackInput, ContinueUpdateRollbackOutput, BeginNeeds>({
  resource: ({ StackName }, call) => stackArn(StackName, call),
  alsoNeeds: ({ RoleARN }) => passRole(RoleARN, 'cloudformation.amazonaws.com'),
  async run({ StackName, ResourcesToSkip, RoleARN, ClientRequestToken }, call) {
    if (list(ResourcesToSkip).length > 0) throw new UnsupportedError('ResourcesToSkip of ContinueUpdateRollback');
    const stack = requireStack(StackName, call, `Stack [${StackName}] does not exist`);
    if (stack.StackStatus !== 'UPDATE_ROLLBACK_FAILED' || stack.operation === undefined) {
      throw new ValidationError(
        `Stack:${stack.StackId} is in ${stack.StackStatus} state and can not continue rollback.`,
      );
    }
    const { caller: _before, ...manner } = stack.operation;
    await begin(
      call,
      stack,
      {
        status: 'UPDATE_ROLLBACK_IN_PROGRESS',
        manner: ClientRequestToken === undefined ? manner : { ...manner, token: ClientRequestToken },
        changes: RoleARN === undefined ? {} : { RoleARN },
      },
      goOn,
    );
    return {};
  },
});
