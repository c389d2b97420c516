import { appendFileSync, readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { setImmediate as breathe } from 'node:timers/promises';
import { type Scan, scanLines } from './scan-lines.ts';

/** A stored event. */
export interface StoredEvent {
  /** Its position in the stream, from 0; never reused. */
  readonly sequence: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly ingestionTime: number;
  readonly message: string;
}

/** A stream's metadata, available without reading its events. */
export interface Extent {
  readonly firstTimestamp: number | undefined;
  readonly lastTimestamp: number | undefined;
  readonly lastIngestionTime: number | undefined;
  readonly bytes: number;
}

/** One line per event: sequence, timestamp, ingestion time, message. */
type Line = readonly [number, number, number, string];

/**
 * The events of one stream: a file of JSON lines that is only appended to, so that a killed process loses nothing that
 * it has passed to the system. At `largest` bytes the older half is dropped. Lines that a full disk truncated are
 * removed, and written again once there is space.
 */
export class EventFile {
  readonly #path: string;
  readonly #largest: number;
  #next = 0;
  #first: number | undefined;
  #last: number | undefined;
  #ingested: number | undefined;
  #bytes = 0;
  #pending: Array<{ readonly event: StoredEvent; readonly line: string }> = [];
  /** The number of unreadable lines when the file was opened. */
  readonly damaged: number;

  constructor(path: string, largest: number) {
    this.#path = path;
    this.#largest = largest;
    const bytes = contentOf(path);
    const { damaged, lastSequence, firstTimestamp, lastTimestamp, lastIngestionTime } = scanLines(bytes);
    if (lastSequence !== undefined) this.#next = lastSequence + 1;
    [this.#first, this.#last, this.#ingested] = [firstTimestamp, lastTimestamp, lastIngestionTime];
    this.damaged = damaged.length;
    this.#bytes = bytes.length;
    if (damaged.length > 0) this.#keep(without(bytes, damaged));
  }

  extent(): Extent {
    return {
      firstTimestamp: this.#first,
      lastTimestamp: this.#last,
      lastIngestionTime: this.#ingested,
      bytes: this.#bytes,
    };
  }

  /** Adds events; they are in the file after the next `flush`. */
  append(events: ReadonlyArray<{ readonly timestamp: number; readonly message: string }>, ingestionTime: number): void {
    for (const { timestamp, message } of events) {
      const sequence = this.#next;
      const event = { sequence, timestamp, ingestionTime, message };
      this.#count(event);
      // A `Line`. Building a list first would take twice as long, and a function may print a million lines.
      const line = `[${sequence},${timestamp},${ingestionTime},${JSON.stringify(message)}]\n`;
      this.#pending.push({ event, line });
    }
  }

  /** Writes added events. Throws on failure; the events are kept for the next attempt, up to `largest`. */
  flush(): void {
    if (this.#pending.length === 0) return;
    const text = this.#pending.map(({ line }) => line).join('');
    try {
      // Removes the traces of a failed append, if that wasn't possible right away.
      if (sizeOf(this.#path) > this.#bytes) truncateSync(this.#path, this.#bytes);
      appendFileSync(this.#path, text);
    } catch (error) {
      if (text.length > this.#largest) this.#pending.splice(0, Math.ceil(this.#pending.length / 2));
      this.#removeTorn();
      throw error;
    }
    this.#pending = [];
    this.#bytes += Buffer.byteLength(text);
    if (this.#bytes > this.#largest) this.#dropOlderHalf();
  }

  /** Every event, in order of arrival, including those that can't be written at the moment. */
  read(): StoredEvent[] {
    const pending = this.#flushed();
    return split(contentOf(this.#path)).concat(pending);
  }

  /** Resolves with the requested events. Yields between two slices of a long stream. */
  async readInTurns(isWanted: (event: StoredEvent) => boolean): Promise<StoredEvent[]> {
    const pending = this.#flushed().filter(isWanted);
    const bytes = contentOf(this.#path);
    const events: StoredEvent[] = [];
    for (let from = 0; from < bytes.length; ) {
      if (from > 0) await breathe();
      const end = bytes.indexOf('\n', from + slice) + 1 || bytes.length;
      for (const event of split(bytes.subarray(from, end))) if (isWanted(event)) events.push(event);
      from = end;
    }
    return events.concat(pending);
  }

  /** Writes added events, and returns those that can't be written at the moment. */
  #flushed(): StoredEvent[] {
    try {
      this.flush();
    } catch {
      // The writer reports that.
    }
    return this.#pending.map(({ event }) => event);
  }

  #count({ sequence, timestamp, ingestionTime }: StoredEvent): void {
    this.#next = sequence + 1;
    this.#first = Math.min(this.#first ?? timestamp, timestamp);
    this.#last = Math.max(this.#last ?? timestamp, timestamp);
    this.#ingested = ingestionTime;
  }

  /** A partial line from a full disk: the next append would merge two lines. */
  #removeTorn(): void {
    try {
      if (sizeOf(this.#path) > this.#bytes) truncateSync(this.#path, this.#bytes);
    } catch {
      // The next flush tries again.
    }
  }

  /** In bytes, not in lines: as much is left after a flood as after a trickle. */
  #dropOlderHalf(): void {
    const bytes = readFileSync(this.#path);
    const middle = bytes.indexOf('\n', bytes.length - Math.floor(this.#largest / 2)) + 1;
    // The last event is kept, however long it is.
    this.#keep(bytes.subarray(middle < bytes.length ? middle : bytes.lastIndexOf('\n', -2) + 1));
  }

  /** Replaces the file's content; on a full disk, everything stays until the next attempt. */
  #keep(kept: Buffer): void {
    const temporary = `${this.#path}.new`;
    try {
      writeFileSync(temporary, kept);
      renameSync(temporary, this.#path);
    } catch {
      rmSync(temporary, { force: true });
      return;
    }
    this.#bytes = kept.length;
  }
}

/** Parses lines into events; invalid ones are left out. */
function split(bytes: Buffer): StoredEvent[] {
  return bytes
    .toString('utf8')
    .split('\n')
    .flatMap((text) => eventIn(text) ?? []);
}

function without(bytes: Buffer, damaged: Scan['damaged']): Buffer {
  const kept: Buffer[] = [];
  let from = 0;
  for (const [begin, end] of damaged) {
    kept.push(bytes.subarray(from, begin));
    from = end;
  }
  return Buffer.concat([...kept, bytes.subarray(from)]);
}

/** Bytes of a stream to read at once. */
const slice = 256 * 1024;

function contentOf(path: string): Buffer {
  return sizeOf(path) === 0 ? Buffer.alloc(0) : readFileSync(path);
}

function eventIn(text: string): StoredEvent | undefined {
  try {
    const [sequence, timestamp, ingestionTime, message] = JSON.parse(text) as Line;
    const isWhole = [sequence, timestamp, ingestionTime].every(Number.isSafeInteger) && typeof message === 'string';
    return isWhole ? { sequence, timestamp, ingestionTime, message } : undefined;
  } catch {
    return undefined;
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
