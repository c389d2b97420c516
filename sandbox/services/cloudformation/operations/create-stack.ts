import type { CreateStackInput, CreateStackOutput } from '@aws-sdk/client-cloudformation';
import { passRole } from '../../../authorization/pass-role.ts';
import type { Call } from '../../../calls/context.ts';
import { AwsError, UnsupportedError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { type BeginNeeds, checkStackName } from '../begin.ts';
import { askedFor } from '../definition.ts';
import { findStack, stackArn } from '../lookup.ts';
import { flag, list } from '../members.ts';
import { newStack } from '../new-stack.ts';
import { setToWork } from '../update.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html */
export const createStack = operation<CreateStackInput, CreateStackOutput, BeginNeeds>({
  resource: ({ StackName }, call) => stackArn(StackName, call),
  alsoNeeds: ({ RoleARN }) => passRole(RoleARN, 'cloudformation.amazonaws.com'),
  async run(input, call) {
    checkStackName(input.StackName);
    for (const member of ['StackPolicyBody', 'StackPolicyURL', 'RollbackConfiguration'] as const) {
      if (input[member] !== undefined) throw new UnsupportedError(`${member} of CreateStack`);
    }
    if (input.OnFailure !== undefined && input.DisableRollback !== undefined) {
      throw new AwsError('ValidationError', 'Either DisableRollback or OnFailure can be specified, not both.');
    }
    refuseTaken(input.StackName, call);
    const beginnings = newStack(input.StackName, 'CREATE_IN_PROGRESS', call);
    const stack = {
      ...beginnings,
      NotificationARNs: list(input.NotificationARNs),
      DisableRollback: flag(input.DisableRollback),
      EnableTerminationProtection: flag(input.EnableTerminationProtection),
      TimeoutInMinutes: input.TimeoutInMinutes === undefined ? undefined : Number(input.TimeoutInMinutes),
    };
    const asked = await askedFor(input, stack, call);
    refuseTaken(input.StackName, call);
    const operation = await setToWork(
      call,
      stack,
      asked.definition,
      {
        onFailure: input.OnFailure ?? (stack.DisableRollback ? 'DO_NOTHING' : 'ROLLBACK'),
        retainExceptOnCreate: flag(input.RetainExceptOnCreate),
        retain: [],
        token: input.ClientRequestToken,
      },
      { writes: asked.writes },
    );
    return { StackId: stack.StackId, ...operation };
  },
});

function refuseTaken(name: string, call: Call<BeginNeeds>): void {
  if (findStack(name, call) === undefined) return;
  throw new AwsError('AlreadyExistsException', `Stack [${name}] already exists`);
}
