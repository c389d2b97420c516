import type { AdminDisableUserRequest, AdminDisableUserResponse } from '@aws-sdk/client-cognito-identity-provider';
import { operation } from '../../../calls/operation.ts';
import { findPool, poolArn } from '../pool.ts';
import { signedOut } from '../tokens/sign-out.ts';
import { changed, putUser, requireUser } from '../users/user.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDisableUser.html */
export const adminDisableUser = operation<AdminDisableUserRequest, AdminDisableUserResponse, 'store' | 'clock'>({
  resource: ({ UserPoolId }, call) => poolArn(UserPoolId, call),
  async run({ UserPoolId, Username }, call) {
    const pool = findPool(UserPoolId, call);
    const user = requireUser(Username, pool, call);
    await call.store.commit([putUser(changed(user, { enabled: false, ...signedOut(call) }, call), pool, call)]);
    return {};
  },
});
