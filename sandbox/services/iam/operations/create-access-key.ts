import type { CreateAccessKeyRequest, CreateAccessKeyResponse } from '@aws-sdk/client-iam';
import { global } from '../../../calls/context.ts';
import { AwsError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { type AccessKeyRecord, accessKeys } from '../records.ts';
import { requireUser, userResource } from '../user.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html */
export const createAccessKey = operation<CreateAccessKeyRequest, CreateAccessKeyResponse, 'store' | 'clock' | 'ids'>({
  resource: userResource,
  async run(input, call) {
    const { UserName } = requireUser(input.UserName, call);
    const others = accessKeys.list(call.store, global(call)).filter((key) => key.UserName === UserName);
    if (others.length >= 2) {
      throw new AwsError('LimitExceeded', 'Cannot exceed quota for AccessKeysPerUser: 2', 409);
    }
    const key: AccessKeyRecord = {
      UserName,
      AccessKeyId: call.ids.unique('AKIA').slice(0, 20),
      Status: 'Active',
      SecretAccessKey: call.ids.bytes(30).toString('base64'),
      CreateDate: call.clock.now().toISOString(),
    };
    await call.store.commit([accessKeys.put(global(call), key.AccessKeyId, key)]);
    return { AccessKey: { ...key, CreateDate: new Date(key.CreateDate) } };
  },
});
