import type { DeleteAccessKeyRequest } from '@aws-sdk/client-iam';
import { global } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { requireAccessKey } from '../access-key.ts';
import { accessKeys } from '../records.ts';
import { requireUser, userResource } from '../user.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccessKey.html */
export const deleteAccessKey = operation<DeleteAccessKeyRequest, object, 'store'>({
  resource: userResource,
  async run({ UserName, AccessKeyId }, call) {
    const key = requireAccessKey(AccessKeyId, requireUser(UserName, call).UserName, call);
    await call.store.commit([accessKeys.remove(global(call), key.AccessKeyId)]);
    return {};
  },
});
