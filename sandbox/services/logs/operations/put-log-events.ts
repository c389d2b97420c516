import type { PutLogEventsRequest, PutLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs';
import { operation } from '../../../calls/operation.ts';
import { findGroup, findStream, groupName, invalid, streamResource } from '../find.ts';

const hour = 3_600_000;
const oldest = 14 * 24 * hour;
const newest = 2 * hour;
const largestBatch = 1_048_576;
/** The overhead of each event besides its message. */
const overhead = 26;

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
export const putLogEvents = operation<PutLogEventsRequest, PutLogEventsResponse, 'store' | 'clock' | 'logs'>({
  resource: streamResource,
  run(input, call) {
    const group = findGroup(groupName(input), call);
    const stream = findStream(group, input.logStreamName, call);
    const events = (input.logEvents ?? []).map(({ timestamp = 0, message = '' }) => ({ timestamp, message }));
    if (events.length === 0 || events.length > 10_000) throw invalid('A batch has from 1 to 10000 log events.');
    const empty = events.findIndex(({ message }) => message === '');
    if (empty >= 0) {
      throw invalid(
        `1 validation error detected: Value '' at 'logEvents.${empty + 1}.member.message' failed to satisfy constraint: Member must have length greater than or equal to 1`,
      );
    }
    const size = events.reduce((sum, { message }) => sum + Buffer.byteLength(message) + overhead, 0);
    if (size > largestBatch) throw invalid(`Upload too large: ${size} bytes exceeds limit of ${largestBatch}`);
    if (events.some(({ timestamp }, index) => timestamp < (events[index - 1]?.timestamp ?? 0))) {
      throw invalid('Log events in a single PutLogEvents request must be in chronological order.');
    }
    if ((events.at(-1)?.timestamp ?? 0) - (events[0]?.timestamp ?? 0) > 24 * hour) {
      throw invalid('The batch of log events in a single PutLogEvents request cannot span more than 24 hours.');
    }
    const now = call.clock.now().getTime();
    const tooOld = events.filter(({ timestamp }) => timestamp < now - oldest).length;
    const tooNew = events.findIndex(({ timestamp }) => timestamp > now + newest);
    const taken = events.slice(tooOld, tooNew < 0 ? undefined : tooNew);
    if (taken.length > 0) call.logs.write(call, group.name, stream.name, taken);
    return {
      nextSequenceToken: '0'.repeat(56),
      ...(taken.length === events.length
        ? {}
        : {
            rejectedLogEventsInfo: {
              ...(tooOld > 0 ? { tooOldLogEventEndIndex: tooOld } : {}),
              ...(tooNew < 0 ? {} : { tooNewLogEventStartIndex: tooNew }),
            },
          }),
    };
  },
});
