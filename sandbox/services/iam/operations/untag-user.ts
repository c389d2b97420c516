import type { UntagUserRequest } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { withoutTags } from '../tags.ts';
import { requireUser, saveUser, userResource } from '../user.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagUser.html */
export const untagUser = operation<UntagUserRequest, object, 'store'>({
  resource: userResource,
  async run({ UserName, TagKeys }, call) {
    const user = requireUser(UserName, call);
    await saveUser({ ...user, Tags: withoutTags(user.Tags, TagKeys) }, call);
    return {};
  },
});
