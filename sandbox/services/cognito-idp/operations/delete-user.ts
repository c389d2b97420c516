import type { DeleteUserRequest } from '@aws-sdk/client-cognito-identity-provider';
import { operation } from '../../../calls/operation.ts';
import { ownerOf, verifyAccessToken } from '../tokens/access-token.ts';
import { byAccessToken } from '../unsigned.ts';
import { removeUser } from '../users/user.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUser.html */
export const deleteUser = operation<DeleteUserRequest, object, 'store' | 'clock'>({
  resource: () => '*',
  unsigned: byAccessToken,
  async run({ AccessToken }, call) {
    const claims = await verifyAccessToken(AccessToken, call);
    const { user, pool } = ownerOf(claims, call);
    await call.store.commit([removeUser(user, pool, call)]);
    return {};
  },
});
