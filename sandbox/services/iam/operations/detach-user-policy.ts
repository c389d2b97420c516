import type { DetachUserPolicyRequest } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { permissionsContext } from '../context.ts';
import { withoutAttached } from '../permissions.ts';
import { requireUser, saveUser, userResource } from '../user.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachUserPolicy.html */
export const detachUserPolicy = operation<DetachUserPolicyRequest, object, 'store'>({
  resource: userResource,
  context: permissionsContext,
  async run({ UserName, PolicyArn }, call) {
    const user = requireUser(UserName, call);
    await saveUser({ ...user, attached: withoutAttached(user, PolicyArn) }, call);
    return {};
  },
});
