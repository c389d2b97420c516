import type { GetUserRequest, GetUserResponse } from '@aws-sdk/client-cognito-identity-provider';
import { operation } from '../../../calls/operation.ts';
import { ownerOf, verifyAccessToken } from '../tokens/access-token.ts';
import { byAccessToken } from '../unsigned.ts';
import { attributesOf } from '../users/user.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUser.html */
export const getUser = operation<GetUserRequest, GetUserResponse, 'store' | 'clock'>({
  resource: () => '*',
  unsigned: byAccessToken,
  async run({ AccessToken }, call) {
    const claims = await verifyAccessToken(AccessToken, call);
    const { user, client } = ownerOf(claims, call);
    const readable = client.settings.ReadAttributes;
    return {
      Username: user.username,
      UserAttributes: attributesOf(user).filter(
        ({ Name = '' }) => Name === 'sub' || (readable?.includes(Name) ?? true),
      ),
    };
  },
});
