import type {
  DescribeStackEventsInput,
  DescribeStackEventsOutput,
  ResourceStatus,
} from '@aws-sdk/client-cloudformation';
import { operation } from '../../../calls/operation.ts';
import { requireStack, stackArn } from '../lookup.ts';
import { pageOf, placeOf } from '../members.ts';
import { events, stackScope } from '../records.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackEvents.html */
export const describeStackEvents = operation<DescribeStackEventsInput, DescribeStackEventsOutput, 'store'>({
  resource: ({ StackName }, call) => stackArn(StackName, call),
  run({ StackName, NextToken }, call) {
    const { StackId, StackName: name } = requireStack(StackName, call, `Stack [${StackName}] does not exist`);
    const newestFirst = events.list(call.store, stackScope(StackId)).reverse();
    // Positions are counted from the oldest, so that new events don't shift pages.
    const start = NextToken === undefined ? 0 : Math.max(0, newestFirst.length - placeOf(NextToken));
    const { page } = pageOf(newestFirst, String(start), 100);
    const left = newestFirst.length - start - page.length;
    return {
      StackEvents: page.map((event) => ({
        ...event,
        StackId,
        StackName: name,
        ResourceStatus: event.ResourceStatus as ResourceStatus,
        Timestamp: new Date(event.Timestamp),
      })),
      ...(left > 0 ? { NextToken: String(left) } : {}),
    };
  },
});
