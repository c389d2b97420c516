import { setImmediate as breathe } from 'node:timers/promises';
import type { DescribeLogGroupsRequest, DescribeLogGroupsResponse, LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import { type Call, regional } from '../../../calls/context.ts';
import { UnsupportedError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { groupName, invalid } from '../find.ts';
import { page } from '../page.ts';
import { groupArn, type LogGroupRecord, logGroups, logStreams, streamArn } from '../records.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html */
export const describeLogGroups = operation<DescribeLogGroupsRequest, DescribeLogGroupsResponse, 'store' | 'logs'>({
  resource: (_input, call) => streamArn(call, '', ''),
  async run(input, call) {
    const { logGroupNamePrefix: prefix, logGroupNamePattern: pattern, logGroupIdentifiers } = input;
    if ((input.accountIdentifiers?.length ?? 0) > 0 || input.includeLinkedAccounts === true) {
      throw new UnsupportedError("DescribeLogGroups' linked accounts");
    }
    if (prefix !== undefined && pattern !== undefined) {
      throw invalid('LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.');
    }
    const names = logGroupIdentifiers?.map((logGroupIdentifier) => groupName({ logGroupIdentifier }));
    const found = logGroups
      .list(call.store, regional(call))
      .filter(({ name }) => prefix === undefined || name.startsWith(prefix))
      .filter(({ name }) => pattern === undefined || name.toLowerCase().includes(pattern.toLowerCase()))
      .filter(({ name }) => names === undefined || names.includes(name))
      .filter(() => (input.logGroupClass ?? 'STANDARD') === 'STANDARD');
    const { items, ...next } = page(found, input, 50);
    const described: LogGroup[] = [];
    for (const group of items) {
      described.push({
        logGroupName: group.name,
        creationTime: group.creationTime,
        retentionInDays: group.retentionInDays,
        metricFilterCount: 0,
        arn: `${groupArn(call, group.name)}:*`,
        storedBytes: await storedBytes(group, call),
        logGroupClass: 'STANDARD',
        logGroupArn: groupArn(call, group.name),
        deletionProtectionEnabled: false,
      });
    }
    return { logGroups: described, ...next };
  },
});

async function storedBytes(
  group: LogGroupRecord,
  call: Pick<Call<'store' | 'logs'>, 'store' | 'logs'>,
): Promise<number> {
  let sum = 0;
  for (const stream of logStreams.list(call.store, group)) {
    sum += call.logs.events(group, stream).extent().bytes;
    // A stream that hasn't been used since the start is read, which takes 20 ms if it is full.
    await breathe();
  }
  return sum;
}
