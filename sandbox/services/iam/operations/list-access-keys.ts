import type { ListAccessKeysRequest, ListAccessKeysResponse } from '@aws-sdk/client-iam';
import { global } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { pageOf } from '../page.ts';
import { accessKeys } from '../records.ts';
import { requireUser, userResource } from '../user.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html */
export const listAccessKeys = operation<ListAccessKeysRequest, ListAccessKeysResponse, 'store'>({
  resource: userResource,
  run(input, call) {
    const user = requireUser(input.UserName, call);
    const own = accessKeys.list(call.store, global(call)).filter(({ UserName }) => UserName === user.UserName);
    const { items, more } = pageOf(own, input);
    return {
      AccessKeyMetadata: items.map(({ UserName, AccessKeyId, Status, CreateDate }) => ({
        UserName,
        AccessKeyId,
        Status,
        CreateDate: new Date(CreateDate),
      })),
      ...more,
    };
  },
});
