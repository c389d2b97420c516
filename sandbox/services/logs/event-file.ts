import { appendFileSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';

/** An event as it is kept. */
export interface StoredEvent {
  /** Its place in the stream, from 0; never given twice. */
  readonly sequence: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly ingestionTime: number;
  readonly message: string;
}

/** What is known of a stream's events without reading them. */
export interface Extent {
  readonly firstTimestamp: number | undefined;
  readonly lastTimestamp: number | undefined;
  readonly lastIngestionTime: number | undefined;
  readonly bytes: number;
}

/** One line an event: sequence, timestamp, ingestion time, message. */
type Line = readonly [number, number, number, string];

/**
 * The events of one stream: a file of JSON lines that is only ever appended to, so that a killed process loses
 * nothing it has handed to the system. At `largest` bytes the older half is dropped.
 */
export class EventFile {
  readonly #path: string;
  readonly #largest: number;
  #next = 0;
  #first: number | undefined;
  #last: number | undefined;
  #ingested: number | undefined;
  #bytes = 0;
  #pending: string[] = [];

  constructor(path: string, largest: number) {
    this.#path = path;
    this.#largest = largest;
    if (sizeOf(path) > 0) this.#mendEnd();
    for (const event of this.read()) this.#count(event);
    this.#bytes = sizeOf(path);
  }

  extent(): Extent {
    return {
      firstTimestamp: this.#first,
      lastTimestamp: this.#last,
      lastIngestionTime: this.#ingested,
      bytes: this.#bytes,
    };
  }

  /** Takes events; they are in the file after the next `flush`. */
  append(events: ReadonlyArray<{ readonly timestamp: number; readonly message: string }>, ingestionTime: number): void {
    for (const { timestamp, message } of events) {
      const sequence = this.#next;
      this.#count({ sequence, timestamp, ingestionTime, message });
      const line: Line = [sequence, timestamp, ingestionTime, message];
      this.#pending.push(`${JSON.stringify(line)}\n`);
    }
  }

  flush(): void {
    if (this.#pending.length === 0) return;
    const text = this.#pending.join('');
    this.#pending = [];
    appendFileSync(this.#path, text);
    this.#bytes += Buffer.byteLength(text);
    if (this.#bytes > this.#largest) this.#dropOlderHalf();
  }

  /** Every event, in the order of their arrival. */
  read(): StoredEvent[] {
    this.flush();
    if (sizeOf(this.#path) === 0) return [];
    return readFileSync(this.#path, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const [sequence, timestamp, ingestionTime, message] = JSON.parse(line) as Line;
        return { sequence, timestamp, ingestionTime, message };
      });
  }

  #count({ sequence, timestamp, ingestionTime }: StoredEvent): void {
    this.#next = sequence + 1;
    this.#first = Math.min(this.#first ?? timestamp, timestamp);
    this.#last = Math.max(this.#last ?? timestamp, timestamp);
    this.#ingested = ingestionTime;
  }

  /** A machine that lost its power may have left half a line. */
  #mendEnd(): void {
    const text = readFileSync(this.#path, 'utf8');
    if (text.endsWith('\n')) return;
    writeFileSync(this.#path, text.slice(0, text.lastIndexOf('\n') + 1));
  }

  /** In bytes, not in lines: after a flood, as much is left as after a trickle. */
  #dropOlderHalf(): void {
    const bytes = readFileSync(this.#path);
    const middle = bytes.indexOf('\n', bytes.length - Math.floor(this.#largest / 2)) + 1;
    // The last event is kept, however long it is.
    const kept = bytes.subarray(middle < bytes.length ? middle : bytes.lastIndexOf('\n', -2) + 1);
    const temporary = `${this.#path}.new`;
    writeFileSync(temporary, kept);
    renameSync(temporary, this.#path);
    this.#bytes = kept.length;
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
