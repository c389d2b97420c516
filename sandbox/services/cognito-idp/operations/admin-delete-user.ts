import type { AdminDeleteUserRequest } from '@aws-sdk/client-cognito-identity-provider';
import { operation } from '../../../calls/operation.ts';
import { findPool, poolArn } from '../pool.ts';
import { removeUser, requireUser } from '../users/user.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDeleteUser.html */
export const adminDeleteUser = operation<AdminDeleteUserRequest, object, 'store'>({
  resource: ({ UserPoolId }, call) => poolArn(UserPoolId, call),
  async run({ UserPoolId, Username }, call) {
    const pool = findPool(UserPoolId, call);
    await call.store.commit([removeUser(requireUser(Username, pool, call), pool, call)]);
    return {};
  },
});
