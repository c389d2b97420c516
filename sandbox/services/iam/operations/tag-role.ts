import type { TagRoleRequest } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { requireRole, roleResource, saveRole } from '../role.ts';
import { withTags } from '../tags.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagRole.html */
export const tagRole = operation<TagRoleRequest, object, 'store'>({
  resource: roleResource,
  async run({ RoleName, Tags }, call) {
    const role = requireRole(RoleName, call);
    await saveRole({ ...role, Tags: withTags(role.Tags, Tags) }, call);
    return {};
  },
});
