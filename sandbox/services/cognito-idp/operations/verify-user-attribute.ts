import type {
  VerifyUserAttributeRequest,
  VerifyUserAttributeResponse,
} from '@aws-sdk/client-cognito-identity-provider';
import { operation } from '../../../calls/operation.ts';
import { ownerOf, verifyAccessToken } from '../tokens/access-token.ts';
import { byAccessToken } from '../unsigned.ts';
import { codesWithout, expiredCode, judgeCode, refuseCode } from '../users/code.ts';
import { changed, putUser } from '../users/user.ts';
import { requireFreeAlias } from '../users/verification.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_VerifyUserAttribute.html */
export const verifyUserAttribute = operation<
  VerifyUserAttributeRequest,
  VerifyUserAttributeResponse,
  'store' | 'clock'
>({
  resource: () => '*',
  unsigned: byAccessToken,
  async run({ AccessToken, AttributeName = '', Code }, call) {
    const claims = await verifyAccessToken(AccessToken, call);
    const { user, pool } = ownerOf(claims, call);
    const judged = judgeCode(user, { purpose: 'VerifyAttribute', attribute: AttributeName, given: Code }, call);
    if ('refused' in judged) return refuseCode(judged, user, pool, call);
    const { attribute, destination } = judged.taken;
    // The code was sent to an address that the user no longer has.
    if (user.attributes[attribute] !== destination) throw expiredCode();
    requireFreeAlias(user, attribute, destination, pool, call);
    const verified = changed(
      user,
      {
        attributes: { ...user.attributes, [`${attribute}_verified`]: 'true' },
        codes: codesWithout(user, judged.taken),
      },
      call,
    );
    await call.store.commit([putUser(verified, pool, call)]);
    return {};
  },
});
