import type { TagUserRequest } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { withTags } from '../tags.ts';
import { requireUser, saveUser, userResource } from '../user.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagUser.html */
export const tagUser = operation<TagUserRequest, object, 'store'>({
  resource: userResource,
  async run({ UserName, Tags }, call) {
    const user = requireUser(UserName, call);
    await saveUser({ ...user, Tags: withTags(user.Tags, Tags) }, call);
    return {};
  },
});
