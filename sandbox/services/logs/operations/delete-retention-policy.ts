import type { DeleteRetentionPolicyRequest } from '@aws-sdk/client-cloudwatch-logs';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { findGroup, groupName, groupResource } from '../find.ts';
import { logGroups } from '../records.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteRetentionPolicy.html */
export const deleteRetentionPolicy = operation<DeleteRetentionPolicyRequest, object, 'store'>({
  resource: groupResource,
  async run(input, call) {
    const { retentionInDays: _gone, ...group } = findGroup(groupName(input), call);
    await call.store.commit([logGroups.put(regional(call), group.name, group)]);
    return {};
  },
});
