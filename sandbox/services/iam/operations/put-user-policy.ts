import type { PutUserPolicyRequest } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { permissionsContext } from '../context.ts';
import { withInline } from '../permissions.ts';
import { requireUser, saveUser, userResource } from '../user.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html */
export const putUserPolicy = operation<PutUserPolicyRequest, object, 'store'>({
  resource: userResource,
  context: permissionsContext,
  async run({ UserName, PolicyName, PolicyDocument }, call) {
    const user = requireUser(UserName, call);
    await saveUser({ ...user, inline: withInline(user, 'user', PolicyName, PolicyDocument) }, call);
    return {};
  },
});
