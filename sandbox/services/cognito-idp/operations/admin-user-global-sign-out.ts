import type {
  AdminUserGlobalSignOutRequest,
  AdminUserGlobalSignOutResponse,
} from '@aws-sdk/client-cognito-identity-provider';
import { operation } from '../../../calls/operation.ts';
import { findPool, poolArn } from '../pool.ts';
import { signedOut } from '../tokens/sign-out.ts';
import { putUser, requireUser } from '../users/user.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUserGlobalSignOut.html */
export const adminUserGlobalSignOut = operation<
  AdminUserGlobalSignOutRequest,
  AdminUserGlobalSignOutResponse,
  'store' | 'clock'
>({
  resource: ({ UserPoolId }, call) => poolArn(UserPoolId, call),
  async run({ UserPoolId, Username }, call) {
    const pool = findPool(UserPoolId, call);
    const user = requireUser(Username, pool, call);
    await call.store.commit([putUser({ ...user, ...signedOut(call) }, pool, call)]);
    return {};
  },
});
