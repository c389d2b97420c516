import type { DeleteUserPermissionsBoundaryRequest } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { permissionsContext } from '../context.ts';
import { noSuchEntity } from '../naming.ts';
import { requireUser, saveUser, userResource } from '../user.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPermissionsBoundary.html */
export const deleteUserPermissionsBoundary = operation<DeleteUserPermissionsBoundaryRequest, object, 'store'>({
  resource: userResource,
  context: permissionsContext,
  async run({ UserName }, call) {
    const { PermissionsBoundary, ...user } = requireUser(UserName, call);
    if (PermissionsBoundary === undefined) throw noSuchEntity(`User ${UserName} has no permissions boundary.`);
    await saveUser(user, call);
    return {};
  },
});
