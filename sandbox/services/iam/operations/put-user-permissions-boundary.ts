import type { PutUserPermissionsBoundaryRequest } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { permissionsContext } from '../context.ts';
import { requireAttachable } from '../policy.ts';
import { requireUser, saveUser, userResource } from '../user.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPermissionsBoundary.html */
export const putUserPermissionsBoundary = operation<PutUserPermissionsBoundaryRequest, object, 'store'>({
  resource: userResource,
  context: permissionsContext,
  async run({ UserName, PermissionsBoundary }, call) {
    const user = requireUser(UserName, call);
    await saveUser({ ...user, PermissionsBoundary: requireAttachable(PermissionsBoundary, call) }, call);
    return {};
  },
});
