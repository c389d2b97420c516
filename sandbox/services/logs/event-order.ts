import type { StoredEvent } from './event-file.ts';
import type { LogGroupRecord } from './records.ts';

const day = 86_400_000;

/** The id of an event: 56 digits, like AWS's, which sort like a stream's events. */
export function eventId({ timestamp, sequence }: Pick<StoredEvent, 'timestamp' | 'sequence'>): string {
  return String(timestamp).padStart(20, '3') + String(sequence).padStart(36, '0');
}

/** Sorts by time; simultaneous events stay in order of arrival. */
export function byTime(a: StoredEvent, b: StoredEvent): number {
  return a.timestamp - b.timestamp || a.sequence - b.sequence;
}

/** The time of the oldest event that the group's retention keeps. */
export function keptSince({ retentionInDays }: LogGroupRecord, now: Date): number {
  return retentionInDays === undefined ? 0 : now.getTime() - retentionInDays * day;
}
