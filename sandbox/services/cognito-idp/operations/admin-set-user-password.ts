import type {
  AdminSetUserPasswordRequest,
  AdminSetUserPasswordResponse,
} from '@aws-sdk/client-cognito-identity-provider';
import { operation } from '../../../calls/operation.ts';
import { findPool, poolArn } from '../pool.ts';
import { signedOut } from '../tokens/sign-out.ts';
import { permanentPassword, temporary } from '../users/password.ts';
import { requirePassword } from '../users/password-policy.ts';
import { changed, putUser, requireUser } from '../users/user.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminSetUserPassword.html */
export const adminSetUserPassword = operation<
  AdminSetUserPasswordRequest,
  AdminSetUserPasswordResponse,
  'store' | 'clock' | 'ids'
>({
  resource: ({ UserPoolId }, call) => poolArn(UserPoolId, call),
  async run({ UserPoolId, Username, Password, Permanent = false }, call) {
    const pool = findPool(UserPoolId, call);
    const user = requireUser(Username, pool, call);
    const password = requirePassword(Password, pool);
    const kept = Permanent
      ? ({ ...permanentPassword(password, user, call), status: 'CONFIRMED' } as const)
      : ({ ...temporary(password, user, pool, call), status: 'FORCE_CHANGE_PASSWORD' } as const);
    await call.store.commit([putUser(changed(user, { ...kept, ...signedOut(call) }, call), pool, call)]);
    return {};
  },
});
