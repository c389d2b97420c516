import type { DeleteUserPolicyRequest } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { permissionsContext } from '../context.ts';
import { withoutInline } from '../permissions.ts';
import { requireUser, saveUser, userResource } from '../user.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPolicy.html */
export const deleteUserPolicy = operation<DeleteUserPolicyRequest, object, 'store'>({
  resource: userResource,
  context: permissionsContext,
  async run({ UserName, PolicyName }, call) {
    const user = requireUser(UserName, call);
    await saveUser({ ...user, inline: withoutInline(user, 'user', PolicyName) }, call);
    return {};
  },
});
