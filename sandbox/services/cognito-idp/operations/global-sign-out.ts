import type { GlobalSignOutRequest, GlobalSignOutResponse } from '@aws-sdk/client-cognito-identity-provider';
import { operation } from '../../../calls/operation.ts';
import { ownerOf, verifyAccessToken } from '../tokens/access-token.ts';
import { signedOut } from '../tokens/sign-out.ts';
import { byAccessToken } from '../unsigned.ts';
import { putUser } from '../users/user.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GlobalSignOut.html */
export const globalSignOut = operation<GlobalSignOutRequest, GlobalSignOutResponse, 'store' | 'clock'>({
  resource: () => '*',
  unsigned: byAccessToken,
  async run({ AccessToken }, call) {
    const claims = await verifyAccessToken(AccessToken, call);
    const { user, pool } = ownerOf(claims, call);
    await call.store.commit([putUser({ ...user, ...signedOut(call) }, pool, call)]);
    return {};
  },
});
