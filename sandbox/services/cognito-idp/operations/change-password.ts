import type { ChangePasswordRequest, ChangePasswordResponse } from '@aws-sdk/client-cognito-identity-provider';
import { operation } from '../../../calls/operation.ts';
import { constraint } from '../errors.ts';
import { refusePassword, requireNoLockout } from '../sign-in/lockout.ts';
import { ownerOf, verifyAccessToken } from '../tokens/access-token.ts';
import { byAccessToken } from '../unsigned.ts';
import { isPasswordOf, permanentPassword } from '../users/password.ts';
import { requirePassword } from '../users/password-policy.ts';
import { changed, putUser } from '../users/user.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ChangePassword.html */
export const changePassword = operation<ChangePasswordRequest, ChangePasswordResponse, 'store' | 'clock' | 'ids'>({
  resource: () => '*',
  unsigned: byAccessToken,
  async run({ AccessToken, PreviousPassword, ProposedPassword }, call) {
    const claims = await verifyAccessToken(AccessToken, call);
    const { user, pool } = ownerOf(claims, call);
    if (PreviousPassword === undefined) throw constraint('previousPassword', undefined, 'Member must not be null');
    const password = requirePassword(ProposedPassword, pool);
    requireNoLockout(user, call);
    if (!isPasswordOf(PreviousPassword, user)) return refusePassword(user, pool, call);
    await call.store.commit([putUser(changed(user, permanentPassword(password, user, call), call), pool, call)]);
    return {};
  },
});
