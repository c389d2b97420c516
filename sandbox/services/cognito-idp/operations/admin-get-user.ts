import type { AdminGetUserRequest, AdminGetUserResponse } from '@aws-sdk/client-cognito-identity-provider';
import { operation } from '../../../calls/operation.ts';
import { findPool, poolArn } from '../pool.ts';
import { describeUser, requireUser } from '../users/user.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminGetUser.html */
export const adminGetUser = operation<AdminGetUserRequest, AdminGetUserResponse, 'store'>({
  resource: ({ UserPoolId }, call) => poolArn(UserPoolId, call),
  run({ UserPoolId, Username }, call) {
    const user = requireUser(Username, findPool(UserPoolId, call), call);
    const { Attributes: UserAttributes, ...described } = describeUser(user);
    return { ...described, Username: user.username, UserAttributes };
  },
});
