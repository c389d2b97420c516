import type { GetUserPolicyRequest, GetUserPolicyResponse } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { requireInline } from '../permissions.ts';
import { encodeDocument } from '../policy-document.ts';
import { requireUser, userResource } from '../user.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUserPolicy.html */
export const getUserPolicy = operation<GetUserPolicyRequest, GetUserPolicyResponse, 'store'>({
  resource: userResource,
  run({ UserName, PolicyName }, call) {
    const document = requireInline(requireUser(UserName, call), 'user', PolicyName);
    return { UserName, PolicyName, PolicyDocument: encodeDocument(document) };
  },
});
