import type { StoredEvent } from './event-file.ts';
import type { LogGroupRecord } from './records.ts';

const day = 86_400_000;

/** The id of an event: 56 digits, as AWS's are, which sort as the events of a stream do. */
export function eventId({ timestamp, sequence }: Pick<StoredEvent, 'timestamp' | 'sequence'>): string {
  return String(timestamp).padStart(20, '3') + String(sequence).padStart(36, '0');
}

/** Sorts by time; events of the same time stay in the order of their arrival. */
export function byTime(a: StoredEvent, b: StoredEvent): number {
  return a.timestamp - b.timestamp || a.sequence - b.sequence;
}

/** When the events begin that the group's retention still keeps. */
export function keptSince({ retentionInDays }: LogGroupRecord, now: Date): number {
  return retentionInDays === undefined ? 0 : now.getTime() - retentionInDays * day;
}
