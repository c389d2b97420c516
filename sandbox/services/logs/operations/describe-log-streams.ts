import { setImmediate as breathe } from 'node:timers/promises';
import type { DescribeLogStreamsRequest, DescribeLogStreamsResponse, LogStream } from '@aws-sdk/client-cloudwatch-logs';
import { operation } from '../../../calls/operation.ts';
import { findGroup, groupName, groupResource, invalid } from '../find.ts';
import { page } from '../page.ts';
import { groupArn, logStreams } from '../records.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogStreams.html */
export const describeLogStreams = operation<DescribeLogStreamsRequest, DescribeLogStreamsResponse, 'store' | 'logs'>({
  resource: groupResource,
  async run(input, call) {
    const group = findGroup(groupName(input), call);
    const { logStreamNamePrefix: prefix = '', orderBy = 'LogStreamName', descending = false } = input;
    if (orderBy === 'LastEventTime' && prefix !== '') {
      throw invalid('Cannot order by LastEventTime with a logStreamNamePrefix.');
    }
    const arn = groupArn(call, group.name);
    const found: LogStream[] = [];
    for (const stream of logStreams.list(call.store, group)) {
      if (!stream.name.startsWith(prefix)) continue;
      const { firstTimestamp, lastTimestamp, lastIngestionTime } = call.logs.events(group, stream).extent();
      found.push({
        logStreamName: stream.name,
        creationTime: stream.creationTime,
        firstEventTimestamp: firstTimestamp,
        lastEventTimestamp: lastTimestamp,
        lastIngestionTime,
        uploadSequenceToken: sequenceToken,
        arn: `${arn}:log-stream:${stream.name}`,
        storedBytes: 0,
      });
      // A stream that hasn't been used since the start is read, which takes 20 ms if it is full.
      await breathe();
    }
    if (orderBy === 'LastEventTime') found.sort((a, b) => (a.lastEventTimestamp ?? 0) - (b.lastEventTimestamp ?? 0));
    const { items, ...next } = page(descending ? found.reverse() : found, input, 50);
    return { logStreams: [...items], ...next };
  },
});

/** AWS still returns one, but has ignored it since 2023. A stream's `storedBytes` is 0 there, too. */
const sequenceToken = '0'.repeat(56);
