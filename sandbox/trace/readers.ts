import type { ServerResponse } from 'node:http';
import type { TraceEvent } from './events.ts';
import type { Recorder } from './recorder.ts';

/** How much can be buffered for a reader that doesn't read, in bytes: the events of some hundred messages. */
const mostUnread = 1024 * 1024;

/** How long events wait to be sent together, in milliseconds. */
const pause = 40;

/** How often a reader gets a keep-alive, in milliseconds. */
const pulse = 15_000;

/** How long a dropped reader has to read what was sent before, in milliseconds. */
const grace = 10_000;

/**
 * Sends an account's events to its readers, as server-sent events
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html). Each id is `<run>-<number>`: a number alone could
 * be from the account's previous run. Besides events, which have no name, a reader gets:
 * - `hello`, first: `{run, oldest, newest}`, the run and which events are stored;
 * - `missed`: `{events}`, how many events were lost since its last one;
 * - `restarted`: `{}`, the account was restarted since then, and all events belong to the new run;
 * - `dropped`: `{reason}`, last, when too much is buffered for it: it reconnects with `Last-Event-ID`, as browsers do.
 */
export class Readers {
  readonly #recorder: Recorder;
  readonly #run: string;
  /**
   * Each with the bytes that it got initially, until it has read them: a complete history doesn't mean that a reader is
   * slow.
   */
  readonly #open = new Map<ServerResponse, number>();
  #waiting = '';
  #timer: NodeJS.Timeout | undefined;
  readonly #pulse: NodeJS.Timeout;

  constructor(recorder: Recorder, run: string) {
    this.#recorder = recorder;
    this.#run = run;
    this.#pulse = setInterval(() => this.#send(': still here\n\n'), pulse).unref();
  }

  /** Answers a request with the events after its last one, or all stored ones, and with all that follow. */
  serve(response: ServerResponse, headers: Readonly<Record<string, string>>, lastEventId: string | undefined): void {
    this.#flush();
    response.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
    });
    const beginning = Buffer.from(this.#beginning(lastEventId));
    const isRead = response.write(beginning);
    this.#open.set(response, isRead ? 0 : beginning.length);
    response.once('drain', () => this.#open.has(response) && this.#open.set(response, 0));
    this.#recorder.onEvent = this.#take;
    response.on('close', () => this.#leave(response));
    response.on('error', () => this.#leave(response));
  }

  close(): void {
    clearInterval(this.#pulse);
    clearTimeout(this.#timer);
    for (const response of this.#open.keys()) response.end();
    this.#open.clear();
  }

  #beginning(lastEventId: string | undefined): string {
    const { latest, oldest } = this.#recorder;
    const hello = notice('hello', { run: this.#run, oldest, newest: latest });
    const [, run, number] = /^([\w-]+)-(\d{1,15})$/.exec(lastEventId ?? '') ?? [];
    const last = run === this.#run ? Math.min(Number(number), latest) : 0;
    const missed = run === this.#run ? oldest - 1 - last : 0;
    const notices = [
      ...(run !== undefined && run !== this.#run ? [notice('restarted', {})] : []),
      ...(missed > 0 ? [notice('missed', { events: missed })] : []),
    ];
    return `${hello}${notices.join('')}${this.#recorder.after(last).map(this.#text).join('')}`;
  }

  readonly #text = (event: TraceEvent): string => `id: ${this.#run}-${event.id}\ndata: ${JSON.stringify(event)}\n\n`;

  readonly #take = (event: TraceEvent): void => {
    this.#waiting += this.#text(event);
    this.#timer ??= setTimeout(() => this.#flush(), pause);
  };

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const text = this.#waiting;
    this.#waiting = '';
    if (text !== '') this.#send(text);
  }

  #send(text: string): void {
    // Once for all readers.
    const bytes = Buffer.from(text);
    for (const [response, atFirst] of this.#open) {
      if (response.writableLength > atFirst + mostUnread) this.#drop(response);
      else response.write(bytes);
    }
  }

  /** Nobody waits for a reader that doesn't read. It gets its last notice when it continues reading. */
  #drop(response: ServerResponse): void {
    this.#leave(response);
    response.end(notice('dropped', { reason: `More than ${mostUnread / 1024} KB of events were unread.` }));
    const end = setTimeout(() => response.destroy(), grace).unref();
    response.on('close', () => clearTimeout(end));
  }

  #leave(response: ServerResponse): void {
    this.#open.delete(response);
    // Nothing is serialized while nobody reads.
    if (this.#open.size === 0) {
      this.#recorder.onEvent = undefined;
      this.#waiting = '';
    }
  }
}

function notice(name: string, data: object): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
