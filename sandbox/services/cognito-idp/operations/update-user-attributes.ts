import type {
  UpdateUserAttributesRequest,
  UpdateUserAttributesResponse,
} from '@aws-sdk/client-cognito-identity-provider';
import { operation } from '../../../calls/operation.ts';
import { ownerOf, verifyAccessToken } from '../tokens/access-token.ts';
import { byAccessToken } from '../unsigned.ts';
import { updateAttributes } from '../users/update-attributes.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserAttributes.html */
export const updateUserAttributes = operation<
  UpdateUserAttributesRequest,
  UpdateUserAttributesResponse,
  'store' | 'clock' | 'ids' | 'say'
>({
  resource: () => '*',
  unsigned: byAccessToken,
  async run({ AccessToken, UserAttributes }, call) {
    const claims = await verifyAccessToken(AccessToken, call);
    const { user, pool, client } = ownerOf(claims, call);
    const CodeDeliveryDetailsList = await updateAttributes(user, UserAttributes, { pool, writer: { client } }, call);
    return CodeDeliveryDetailsList.length === 0 ? {} : { CodeDeliveryDetailsList };
  },
});
