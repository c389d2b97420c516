import type { Extent, StoredEvent } from './event-file.ts';
import type { LogGroupRecord, LogStreamRecord } from './records.ts';

/** Where services write log events for an account to read through CloudWatch Logs. */
export interface LogWriter {
  /** Appends events to a stream; group and stream are made where they are not there yet. */
  write(
    scope: { readonly accountId: string; readonly region: string },
    group: string,
    stream: string,
    events: readonly LogEvent[],
  ): void;
}

export interface LogEvent {
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly message: string;
}

/** The account's log events, as CloudWatch Logs' own operations need them. */
export interface Logs extends LogWriter {
  /** The events of one stream. */
  events(group: LogGroupRecord, stream: LogStreamRecord): StreamEvents;
  /** Removes the events of a group, or of one stream of it. */
  remove(group: LogGroupRecord, stream?: LogStreamRecord): Promise<void>;
}

/** The events of one stream, with those that were written a moment ago. */
export interface StreamEvents {
  /** In the order of their arrival. */
  read(): StoredEvent[];
  /** Those of them that are wanted; others get their turns while a long stream is read. */
  readInTurns(isWanted: (event: StoredEvent) => boolean): Promise<StoredEvent[]>;
  extent(): Extent;
}
