import type {
  AdminUpdateUserAttributesRequest,
  AdminUpdateUserAttributesResponse,
} from '@aws-sdk/client-cognito-identity-provider';
import { operation } from '../../../calls/operation.ts';
import { findPool, poolArn } from '../pool.ts';
import { updateAttributes } from '../users/update-attributes.ts';
import { requireUser } from '../users/user.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUpdateUserAttributes.html */
export const adminUpdateUserAttributes = operation<
  AdminUpdateUserAttributesRequest,
  AdminUpdateUserAttributesResponse,
  'store' | 'clock' | 'ids' | 'say'
>({
  resource: ({ UserPoolId }, call) => poolArn(UserPoolId, call),
  async run({ UserPoolId, Username, UserAttributes }, call) {
    const pool = findPool(UserPoolId, call);
    const user = requireUser(Username, pool, call);
    await updateAttributes(user, UserAttributes, { pool, writer: 'administrator' }, call);
    return {};
  },
});
