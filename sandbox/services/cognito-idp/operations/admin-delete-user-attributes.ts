import type {
  AdminDeleteUserAttributesRequest,
  AdminDeleteUserAttributesResponse,
} from '@aws-sdk/client-cognito-identity-provider';
import { operation } from '../../../calls/operation.ts';
import { findPool, poolArn } from '../pool.ts';
import { withoutAttributes } from '../users/update-attributes.ts';
import { changed, putUser, requireUser } from '../users/user.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDeleteUserAttributes.html */
export const adminDeleteUserAttributes = operation<
  AdminDeleteUserAttributesRequest,
  AdminDeleteUserAttributesResponse,
  'store' | 'clock'
>({
  resource: ({ UserPoolId }, call) => poolArn(UserPoolId, call),
  async run({ UserPoolId, Username, UserAttributeNames = [] }, call) {
    const pool = findPool(UserPoolId, call);
    const user = requireUser(Username, pool, call);
    const without = withoutAttributes(user, UserAttributeNames, pool);
    await call.store.commit([putUser(changed(user, without, call), pool, call)]);
    return {};
  },
});
