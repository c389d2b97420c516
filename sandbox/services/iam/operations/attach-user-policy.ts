import type { AttachUserPolicyRequest } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { permissionsContext } from '../context.ts';
import { withAttached } from '../permissions.ts';
import { requireAttachable } from '../policy.ts';
import { requireUser, saveUser, userResource } from '../user.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachUserPolicy.html */
export const attachUserPolicy = operation<AttachUserPolicyRequest, object, 'store'>({
  resource: userResource,
  context: permissionsContext,
  async run({ UserName, PolicyArn }, call) {
    const user = requireUser(UserName, call);
    const attached = withAttached(user, 'user', requireAttachable(PolicyArn, call));
    await saveUser({ ...user, attached }, call);
    return {};
  },
});
