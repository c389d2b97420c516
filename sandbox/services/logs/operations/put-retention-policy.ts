import type { PutRetentionPolicyRequest } from '@aws-sdk/client-cloudwatch-logs';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { findGroup, groupName, groupResource, invalid } from '../find.ts';
import { logGroups } from '../records.ts';

const allowed = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const putRetentionPolicy = operation<PutRetentionPolicyRequest, object, 'store'>({
  resource: groupResource,
  async run(input, call) {
    const group = findGroup(groupName(input), call);
    const retentionInDays = Number(input.retentionInDays);
    if (!allowed.includes(retentionInDays)) {
      throw invalid(
        `1 validation error detected: Value '${input.retentionInDays}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${allowed.join(', ')}]`,
      );
    }
    await call.store.commit([logGroups.put(regional(call), group.name, { ...group, retentionInDays })]);
    return {};
  },
});
