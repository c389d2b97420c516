import type { GetLogEventsRequest, GetLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs';
import { operation } from '../../../calls/operation.ts';
import type { StoredEvent } from '../event-file.ts';
import { byTime, eventId, keptSince } from '../event-order.ts';
import { findGroup, findStream, groupName, invalid, streamResource } from '../find.ts';

const most = 10_000;

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html */
export const getLogEvents = operation<GetLogEventsRequest, GetLogEventsResponse, 'store' | 'clock' | 'logs'>({
  resource: streamResource,
  async run(input, call) {
    const group = findGroup(groupName(input), call);
    const stream = findStream(group, input.logStreamName, call);
    const { startTime = 0, endTime = Number.POSITIVE_INFINITY, limit = most } = input;
    if (limit < 1 || limit > most) throw invalid(`limit must be from 1 to ${most}.`);
    const since = Math.max(startTime, keptSince(group, call.clock.now()));
    const isWanted = ({ timestamp }: StoredEvent) => timestamp >= since && timestamp < endTime;
    const events = (await call.logs.events(group, stream).readInTurns(isWanted)).sort(byTime);
    const { from, to } = window(events, input, limit);
    return {
      events: events
        .slice(from, to)
        .map(({ timestamp, message, ingestionTime }) => ({ timestamp, message, ingestionTime })),
      ...tokens(events, from, to, input.nextToken),
    };
  },
});

/**
 * A token names the event beside the page, so that it stays valid when events arrive. `f` continues after it, `b`
 * before it.
 */
function window(
  events: readonly StoredEvent[],
  input: GetLogEventsRequest,
  limit: number,
): { from: number; to: number } {
  if (input.nextToken === undefined) {
    const from = input.startFromHead === true ? 0 : Math.max(0, events.length - limit);
    return { from, to: Math.min(events.length, from + limit) };
  }
  const [, direction, id = ''] = /^([fb])\/(\d{56})\/s$/.exec(input.nextToken) ?? [];
  if (direction === undefined) throw invalid('The specified nextToken is invalid.');
  if (direction === 'f') {
    const from = countWhile(events, (event) => eventId(event) <= id);
    return { from, to: Math.min(events.length, from + limit) };
  }
  const to = countWhile(events, (event) => eventId(event) < id);
  return { from: Math.max(0, to - limit), to };
}

/** How many leading events satisfy a predicate that no later one satisfies. */
function countWhile(events: readonly StoredEvent[], isTrue: (event: StoredEvent) => boolean): number {
  let [from, to] = [0, events.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (isTrue(events[middle] as StoredEvent)) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** At an end, the token is the given one: that's how readers notice. */
function tokens(events: readonly StoredEvent[], from: number, to: number, given: string | undefined) {
  const before = events[from] ?? events[from - 1];
  const after = events[to - 1];
  const none = '0'.repeat(56);
  const forward = `f/${after === undefined ? none : eventId(after)}/s`;
  const backward = `b/${before === undefined ? none : eventId(before)}/s`;
  return {
    nextForwardToken: from === to && given?.startsWith('f') === true ? given : forward,
    nextBackwardToken: from === to && given?.startsWith('b') === true ? given : backward,
  };
}
