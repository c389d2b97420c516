import type { ListPoliciesRequest, ListPoliciesResponse } from '@aws-sdk/client-iam';
import { global } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { awsManagedPolicies } from '../aws-managed-policies.ts';
import { pathPrefixOf } from '../naming.ts';
import { listedUnder, pageOf } from '../page.ts';
import { describePolicy } from '../policy.ts';
import { policies } from '../records.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html */
export const listPolicies = operation<ListPoliciesRequest, ListPoliciesResponse, 'store'>({
  resource: ({ PathPrefix }, call) => listedUnder('policy', PathPrefix, call),
  run(input, call) {
    const { Scope = 'All', PolicyUsageFilter } = input;
    const prefix = pathPrefixOf(input);
    const own = Scope === 'AWS' ? [] : policies.list(call.store, global(call));
    const aws = Scope === 'Local' ? [] : [...awsManagedPolicies().values()];
    const described = [...own, ...aws]
      .filter(({ Path }) => Path.startsWith(prefix))
      .map((policy) => describePolicy(policy, call, 'listed'))
      .filter(({ AttachmentCount }) => String(input.OnlyAttached) !== 'true' || AttachmentCount !== 0)
      .filter(
        ({ AttachmentCount, PermissionsBoundaryUsageCount }) =>
          PolicyUsageFilter === undefined ||
          (PolicyUsageFilter === 'PermissionsPolicy' ? AttachmentCount : PermissionsBoundaryUsageCount) !== 0,
      );
    const { items, more } = pageOf(described, input);
    return { Policies: items, ...more };
  },
});
