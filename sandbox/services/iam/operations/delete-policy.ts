import type { DeletePolicyRequest } from '@aws-sdk/client-iam';
import { global } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { deleteConflict } from '../naming.ts';
import { holders, requireOwnPolicy } from '../policy.ts';
import { policies } from '../records.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html */
export const deletePolicy = operation<DeletePolicyRequest, object, 'store'>({
  resource: ({ PolicyArn }) => PolicyArn ?? '*',
  async run({ PolicyArn }, call) {
    const policy = requireOwnPolicy(PolicyArn, call);
    const { roles, users, bounded } = holders(policy.Arn, call);
    if (roles.length + users.length + bounded.roles.length + bounded.users.length > 0) {
      throw deleteConflict('Cannot delete a policy attached to entities.');
    }
    if (policy.versions.length > 1) {
      throw deleteConflict(
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
      );
    }
    await call.store.commit([policies.remove(global(call), policy.Arn)]);
    return {};
  },
});
