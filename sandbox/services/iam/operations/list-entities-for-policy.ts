import type { ListEntitiesForPolicyRequest, ListEntitiesForPolicyResponse } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { pathPrefixOf } from '../naming.ts';
import { pageOf } from '../page.ts';
import { holders, requirePolicy } from '../policy.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html */
export const listEntitiesForPolicy = operation<ListEntitiesForPolicyRequest, ListEntitiesForPolicyResponse, 'store'>({
  resource: ({ PolicyArn }) => PolicyArn ?? '*',
  run(input, call) {
    const { EntityFilter, PolicyUsageFilter } = input;
    const prefix = pathPrefixOf(input);
    const all = holders(requirePolicy(input.PolicyArn, call).Arn, call);
    const { roles, users } = PolicyUsageFilter === 'PermissionsBoundary' ? all.bounded : all;
    const found = [
      ...(EntityFilter === undefined || EntityFilter === 'Role' ? roles : []),
      ...(EntityFilter === undefined || EntityFilter === 'User' ? users : []),
    ].filter(({ Path }) => Path.startsWith(prefix));
    const { items, more } = pageOf(found, input);
    return {
      PolicyGroups: [],
      PolicyRoles: items.flatMap((item) =>
        'RoleName' in item ? [{ RoleName: item.RoleName, RoleId: item.RoleId }] : [],
      ),
      PolicyUsers: items.flatMap((item) =>
        'UserName' in item ? [{ UserName: item.UserName, UserId: item.UserId }] : [],
      ),
      ...more,
    };
  },
});
