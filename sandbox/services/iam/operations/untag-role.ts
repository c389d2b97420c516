import type { UntagRoleRequest } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { requireRole, roleResource, saveRole } from '../role.ts';
import { withoutTags } from '../tags.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagRole.html */
export const untagRole = operation<UntagRoleRequest, object, 'store'>({
  resource: roleResource,
  async run({ RoleName, TagKeys }, call) {
    const role = requireRole(RoleName, call);
    await saveRole({ ...role, Tags: withoutTags(role.Tags, TagKeys) }, call);
    return {};
  },
});
