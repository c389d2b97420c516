import type { Extent, StoredEvent } from './event-file.ts';
import type { LogGroupRecord, LogStreamRecord } from './records.ts';

/** Where services write log events that an account can read through CloudWatch Logs. */
export interface LogWriter {
  /** Appends events to a stream; group and stream are created if missing. */
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

/** The account's log events, for CloudWatch Logs' own operations. */
export interface Logs extends LogWriter {
  /** The events of one stream. */
  events(group: LogGroupRecord, stream: LogStreamRecord): StreamEvents;
  /** Removes the events of a group, or of one of its streams. */
  remove(group: LogGroupRecord, stream?: LogStreamRecord): Promise<void>;
}

/** The events of one stream, including those that were just written. */
export interface StreamEvents {
  /** In the order of their arrival. */
  read(): StoredEvent[];
  /** The requested ones; yields while a long stream is read. */
  readInTurns(isWanted: (event: StoredEvent) => boolean): Promise<StoredEvent[]>;
  extent(): Extent;
}
