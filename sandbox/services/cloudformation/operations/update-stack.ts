import type { UpdateStackInput, UpdateStackOutput } from '@aws-sdk/client-cloudformation';
import { passRole } from '../../../authorization/pass-role.ts';
import { UnsupportedError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { type BeginNeeds, requireUpdatable } from '../begin.ts';
import { askedFor } from '../definition.ts';
import { requireStack, stackArn } from '../lookup.ts';
import { flag } from '../members.ts';
import { changesOf, setToWork } from '../update.ts';
import { ValidationError } from '../validation-error.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStack.html */
export const updateStack = operation<UpdateStackInput, UpdateStackOutput, BeginNeeds>({
  resource: ({ StackName }, call) => stackArn(StackName, call),
  alsoNeeds: ({ RoleARN }) => passRole(RoleARN, 'cloudformation.amazonaws.com'),
  async run(input, call) {
    for (const member of ['StackPolicyBody', 'StackPolicyURL', 'RollbackConfiguration'] as const) {
      if (input[member] !== undefined) throw new UnsupportedError(`${member} of UpdateStack`);
    }
    if (flag(input.DisableRollback)) throw new UnsupportedError('updates of stacks without rollback (DisableRollback)');
    const find = () => {
      const stack = requireStack(input.StackName, call, `Stack [${input.StackName}] does not exist`);
      requireUpdatable(stack);
      return stack;
    };
    const asked = await askedFor(input, find(), call);
    const stack = find();
    if (changesOf(stack, asked, call) === undefined) throw new ValidationError('No updates are to be performed.');
    const operation = await setToWork(
      call,
      stack,
      asked.definition,
      {
        onFailure: 'ROLLBACK',
        retainExceptOnCreate: flag(input.RetainExceptOnCreate),
        retain: [],
        ...(input.ClientRequestToken === undefined ? {} : { token: input.ClientRequestToken }),
      },
      { writes: asked.writes },
    );
    return { StackId: stack.StackId, ...operation };
  },
});
