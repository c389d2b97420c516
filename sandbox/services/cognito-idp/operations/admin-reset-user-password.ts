import type {
  AdminResetUserPasswordRequest,
  AdminResetUserPasswordResponse,
} from '@aws-sdk/client-cognito-identity-provider';
import { operation } from '../../../calls/operation.ts';
import { findPool, poolArn } from '../pool.ts';
import { signedOut } from '../tokens/sign-out.ts';
import { notAuthorized } from '../user-errors.ts';
import { changed, requireUser } from '../users/user.ts';
import { addressToRecover, send } from '../users/verification.ts';

/**
 * Invalidates the password and sends the user a code to set a new one
 * (https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminResetUserPassword.html).
 */
export const adminResetUserPassword = operation<
  AdminResetUserPasswordRequest,
  AdminResetUserPasswordResponse,
  'store' | 'clock' | 'ids' | 'say'
>({
  resource: ({ UserPoolId }, call) => poolArn(UserPoolId, call),
  async run({ UserPoolId, Username }, call) {
    const pool = findPool(UserPoolId, call);
    const user = requireUser(Username, pool, call);
    if (!user.enabled) throw notAuthorized('User is disabled.');
    if (user.status === 'FORCE_CHANGE_PASSWORD' || user.status === 'UNCONFIRMED') {
      throw notAuthorized('User password cannot be reset in the current state.');
    }
    const address = addressToRecover(user, pool);
    const reset = changed(user, { status: 'RESET_REQUIRED', ...signedOut(call) }, call);
    await send(reset, { purpose: 'ForgotPassword', ...address }, pool, call);
    return {};
  },
});
