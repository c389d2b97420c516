import type { DeleteLogGroupRequest } from '@aws-sdk/client-cloudwatch-logs';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { findGroup, groupName, groupResource } from '../find.ts';
import { logGroups, logStreams } from '../records.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogGroup.html */
export const deleteLogGroup = operation<DeleteLogGroupRequest, object, 'store' | 'logs'>({
  resource: groupResource,
  async run(input, call) {
    const group = findGroup(groupName(input), call);
    await call.store.commit([
      logGroups.remove(regional(call), group.name),
      ...logStreams.list(call.store, group).map(({ name }) => logStreams.remove(group, name)),
    ]);
    await call.logs.remove(group);
    return {};
  },
});
