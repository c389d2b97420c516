import type { DeletePolicyVersionRequest } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { deleteConflict } from '../naming.ts';
import { requireOwnPolicy, requireVersion, savePolicy } from '../policy.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicyVersion.html */
export const deletePolicyVersion = operation<DeletePolicyVersionRequest, object, 'store' | 'clock'>({
  resource: ({ PolicyArn }) => PolicyArn ?? '*',
  async run({ PolicyArn, VersionId }, call) {
    const policy = requireOwnPolicy(PolicyArn, call);
    const gone = requireVersion(policy, VersionId);
    if (gone.VersionId === policy.DefaultVersionId) {
      throw deleteConflict('Cannot delete the default version of a policy.');
    }
    await savePolicy({ ...policy, versions: policy.versions.filter((version) => version !== gone) }, call);
    return {};
  },
});
