import type {
  DeleteUserAttributesRequest,
  DeleteUserAttributesResponse,
} from '@aws-sdk/client-cognito-identity-provider';
import { operation } from '../../../calls/operation.ts';
import { ownerOf, verifyAccessToken } from '../tokens/access-token.ts';
import { byAccessToken } from '../unsigned.ts';
import { requireWritable } from '../users/attributes.ts';
import { withoutAttributes } from '../users/update-attributes.ts';
import { changed, putUser } from '../users/user.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserAttributes.html */
export const deleteUserAttributes = operation<
  DeleteUserAttributesRequest,
  DeleteUserAttributesResponse,
  'store' | 'clock'
>({
  resource: () => '*',
  unsigned: byAccessToken,
  async run({ AccessToken, UserAttributeNames = [] }, call) {
    const claims = await verifyAccessToken(AccessToken, call);
    const { user, pool, client } = ownerOf(claims, call);
    for (const name of UserAttributeNames) requireWritable(name, { client });
    const without = withoutAttributes(user, UserAttributeNames, pool);
    await call.store.commit([putUser(changed(user, without, call), pool, call)]);
    return {};
  },
});
