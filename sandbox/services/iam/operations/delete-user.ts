import type { DeleteUserRequest } from '@aws-sdk/client-iam';
import { global } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { deleteConflict } from '../naming.ts';
import { requireNoPolicies } from '../permissions.ts';
import { accessKeys, users } from '../records.ts';
import { requireUser, userResource } from '../user.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html */
export const deleteUser = operation<DeleteUserRequest, object, 'store'>({
  resource: userResource,
  async run({ UserName }, call) {
    const user = requireUser(UserName, call);
    requireNoPolicies(user);
    if (accessKeys.list(call.store, global(call)).some((key) => key.UserName === user.UserName)) {
      throw deleteConflict('Cannot delete entity, must delete access keys first.');
    }
    await call.store.commit([users.remove(global(call), user.UserName)]);
    return {};
  },
});
