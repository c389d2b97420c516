import type {
  FilteredLogEvent,
  FilterLogEventsRequest,
  FilterLogEventsResponse,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Call } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import type { StoredEvent } from '../event-file.ts';
import { byTime, eventId, keptSince } from '../event-order.ts';
import { readFilter } from '../filter-pattern.ts';
import { findGroup, findStream, groupName, groupResource, invalid } from '../find.ts';
import { page } from '../page.ts';
import { type LogGroupRecord, type LogStreamRecord, logStreams } from '../records.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
export const filterLogEvents = operation<FilterLogEventsRequest, FilterLogEventsResponse, 'store' | 'clock' | 'logs'>({
  resource: groupResource,
  async run(input, call) {
    const group = findGroup(groupName(input), call);
    const matches = readFilter(input.filterPattern);
    const { startTime = 0, endTime = Number.POSITIVE_INFINITY } = input;
    const since = Math.max(startTime, keptSince(group, call.clock.now()));
    const found: Found[] = [];
    for (const stream of streamsOf(group, input, call)) {
      const file = call.logs.events(group, stream);
      const { firstTimestamp, lastTimestamp } = file.extent();
      if ((lastTimestamp ?? -1) < since || (firstTimestamp ?? 0) > endTime) continue;
      for (const event of await file.readInTurns()) {
        const { timestamp, message } = event;
        if (timestamp < since || timestamp > endTime || !matches(message)) continue;
        found.push({ ...event, stream: stream.name });
      }
    }
    const { items, ...next } = page(found.sort(byTime), input, 10_000);
    return { events: items.map(asAnswered), searchedLogStreams: [], ...next };
  },
});

interface Found extends StoredEvent {
  readonly stream: string;
}

function asAnswered({ stream, timestamp, message, ingestionTime, sequence }: Found): FilteredLogEvent {
  return { logStreamName: stream, timestamp, message, ingestionTime, eventId: eventId({ timestamp, sequence }) };
}

function streamsOf(
  group: LogGroupRecord,
  { logStreamNames, logStreamNamePrefix }: FilterLogEventsRequest,
  call: Pick<Call<'store'>, 'store' | 'accountId' | 'region'>,
): LogStreamRecord[] {
  if (logStreamNames !== undefined && logStreamNamePrefix !== undefined) {
    throw invalid('logStreamNamePrefix and logStreamNames are mutually exclusive.');
  }
  if (logStreamNames !== undefined) return logStreamNames.map((name) => findStream(group, name, call));
  return logStreams.list(call.store, group).filter(({ name }) => name.startsWith(logStreamNamePrefix ?? ''));
}
