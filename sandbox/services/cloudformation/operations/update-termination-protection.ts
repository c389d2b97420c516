import type {
  UpdateTerminationProtectionInput,
  UpdateTerminationProtectionOutput,
} from '@aws-sdk/client-cloudformation';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { requireStack, stackArn } from '../lookup.ts';
import { flag } from '../members.ts';
import { key, stacks } from '../records.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateTerminationProtection.html */
export const updateTerminationProtection = operation<
  UpdateTerminationProtectionInput,
  UpdateTerminationProtectionOutput,
  'store'
>({
  resource: ({ StackName }, call) => stackArn(StackName, call),
  async run({ StackName, EnableTerminationProtection }, call) {
    const stack = requireStack(StackName, call, `Stack [${StackName}] does not exist`);
    const changed = { ...stack, EnableTerminationProtection: flag(EnableTerminationProtection) };
    await call.store.commit([stacks.put(regional(call), key(stack.StackId), changed)]);
    return { StackId: stack.StackId };
  },
});
