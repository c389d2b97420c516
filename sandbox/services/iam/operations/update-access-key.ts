import type { UpdateAccessKeyRequest } from '@aws-sdk/client-iam';
import { global } from '../../../calls/context.ts';
import { AwsError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { requireAccessKey } from '../access-key.ts';
import { accessKeys } from '../records.ts';
import { requireUser, userResource } from '../user.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html */
export const updateAccessKey = operation<UpdateAccessKeyRequest, object, 'store'>({
  resource: userResource,
  async run({ UserName, AccessKeyId, Status }, call) {
    const key = requireAccessKey(AccessKeyId, requireUser(UserName, call).UserName, call);
    if (Status !== 'Active' && Status !== 'Inactive') {
      throw new AwsError(
        'ValidationError',
        `1 validation error detected: Value '${Status}' at 'status' failed to satisfy constraint: Member must satisfy enum value set: [Active, Inactive]`,
      );
    }
    await call.store.commit([accessKeys.put(global(call), key.AccessKeyId, { ...key, Status })]);
    return {};
  },
});
