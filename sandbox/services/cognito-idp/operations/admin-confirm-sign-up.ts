import type { AdminConfirmSignUpRequest, AdminConfirmSignUpResponse } from '@aws-sdk/client-cognito-identity-provider';
import { operation } from '../../../calls/operation.ts';
import { findPool, poolArn } from '../pool.ts';
import { notAuthorized } from '../user-errors.ts';
import { changed, putUser, requireUser } from '../users/user.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminConfirmSignUp.html */
export const adminConfirmSignUp = operation<AdminConfirmSignUpRequest, AdminConfirmSignUpResponse, 'store' | 'clock'>({
  resource: ({ UserPoolId }, call) => poolArn(UserPoolId, call),
  async run({ UserPoolId, Username }, call) {
    const pool = findPool(UserPoolId, call);
    const user = requireUser(Username, pool, call);
    if (user.status !== 'UNCONFIRMED') {
      throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
    }
    const codes = user.codes.filter(({ purpose }) => purpose !== 'SignUp');
    await call.store.commit([putUser(changed(user, { status: 'CONFIRMED', codes }, call), pool, call)]);
    return {};
  },
});
