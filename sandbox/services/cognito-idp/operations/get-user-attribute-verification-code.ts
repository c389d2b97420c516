import type {
  GetUserAttributeVerificationCodeRequest,
  GetUserAttributeVerificationCodeResponse,
} from '@aws-sdk/client-cognito-identity-provider';
import { operation } from '../../../calls/operation.ts';
import { invalidParameter } from '../errors.ts';
import { ownerOf, verifyAccessToken } from '../tokens/access-token.ts';
import { byAccessToken } from '../unsigned.ts';
import { send } from '../users/verification.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUserAttributeVerificationCode.html */
export const getUserAttributeVerificationCode = operation<
  GetUserAttributeVerificationCodeRequest,
  GetUserAttributeVerificationCodeResponse,
  'store' | 'clock' | 'ids' | 'say'
>({
  resource: () => '*',
  unsigned: byAccessToken,
  async run({ AccessToken, AttributeName = '' }, call) {
    const claims = await verifyAccessToken(AccessToken, call);
    const { user, pool } = ownerOf(claims, call);
    if (AttributeName !== 'email' && AttributeName !== 'phone_number') {
      throw invalidParameter(`Cannot verify attribute ${AttributeName}.`);
    }
    const destination = user.attributes[AttributeName];
    if (destination === undefined) throw invalidParameter(`User does not have ${AttributeName} to verify.`);
    const address = { purpose: 'VerifyAttribute', attribute: AttributeName, destination } as const;
    return { CodeDeliveryDetails: await send(user, address, pool, call) };
  },
});
