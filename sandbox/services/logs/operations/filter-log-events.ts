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

const mostStreams = 100;
const longestPattern = 1024;

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
export const filterLogEvents = operation<FilterLogEventsRequest, FilterLogEventsResponse, 'store' | 'clock' | 'logs'>({
  resource: groupResource,
  async run(input, call) {
    const group = findGroup(groupName(input), call);
    if ((input.filterPattern ?? '').length > longestPattern) {
      throw invalid(
        `1 validation error detected: Value at 'filterPattern' failed to satisfy constraint: Member must have length less than or equal to ${longestPattern}`,
      );
    }
    const matches = readFilter(input.filterPattern);
    const { startTime = 0, endTime = Number.POSITIVE_INFINITY } = input;
    const since = Math.max(startTime, keptSince(group, call.clock.now()));
    const isWanted = ({ timestamp, message }: StoredEvent) =>
      timestamp >= since && timestamp <= endTime && matches(message);
    const found: Found[] = [];
    for (const stream of streamsOf(group, input, call)) {
      const file = call.logs.events(group, stream);
      const { firstTimestamp, lastTimestamp } = file.extent();
      if ((lastTimestamp ?? -1) < since || (firstTimestamp ?? 0) > endTime) continue;
      for (const event of await file.readInTurns(isWanted)) found.push({ event, stream: stream.name });
    }
    const { items, ...next } = page(
      found.sort((one, other) => byTime(one.event, other.event)),
      input,
      10_000,
    );
    return { events: items.map(asAnswered), searchedLogStreams: [], ...next };
  },
});

interface Found {
  readonly event: StoredEvent;
  readonly stream: string;
}

function asAnswered({ stream, event }: Found): FilteredLogEvent {
  const { timestamp, message, ingestionTime, sequence } = event;
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
  if (logStreamNames !== undefined && (logStreamNames.length < 1 || logStreamNames.length > mostStreams)) {
    throw invalid(
      `1 validation error detected: Value at 'logStreamNames' failed to satisfy constraint: Member must have length less than or equal to ${mostStreams}`,
    );
  }
  if (logStreamNames !== undefined) return logStreamNames.map((name) => findStream(group, name, call));
  return logStreams.list(call.store, group).filter(({ name }) => name.startsWith(logStreamNamePrefix ?? ''));
}
