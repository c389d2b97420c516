import type { DeleteLogStreamRequest } from '@aws-sdk/client-cloudwatch-logs';
import { operation } from '../../../calls/operation.ts';
import { findGroup, findStream, groupName, streamResource } from '../find.ts';
import { logStreams } from '../records.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogStream.html */
export const deleteLogStream = operation<DeleteLogStreamRequest, object, 'store' | 'logs'>({
  resource: streamResource,
  async run(input, call) {
    const group = findGroup(groupName(input), call);
    const stream = findStream(group, input.logStreamName, call);
    await call.store.commit([logStreams.remove(group, stream.name)]);
    await call.logs.remove(group, stream);
    return {};
  },
});
