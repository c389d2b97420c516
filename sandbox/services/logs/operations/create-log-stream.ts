import type { CreateLogStreamRequest } from '@aws-sdk/client-cloudwatch-logs';
import { AwsError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { findGroup, groupName, invalid, streamResource } from '../find.ts';
import { logStreams } from '../records.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogStream.html */
export const createLogStream = operation<CreateLogStreamRequest, object, 'store' | 'clock' | 'ids'>({
  resource: streamResource,
  async run(input, call) {
    const group = findGroup(groupName(input), call);
    const { logStreamName: name = '' } = input;
    if (!/^[^:*\0]{1,512}$/.test(name)) {
      throw invalid(
        `1 validation error detected: Value '${name}' at 'logStreamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [^:*]*`,
      );
    }
    if (logStreams.get(call.store, group, name) !== undefined) {
      throw new AwsError('ResourceAlreadyExistsException', 'The specified log stream already exists');
    }
    const creationTime = call.clock.now().getTime();
    await call.store.commit([logStreams.put(group, { name, file: `${call.ids.short(16)}.jsonl`, creationTime })]);
    return {};
  },
});
