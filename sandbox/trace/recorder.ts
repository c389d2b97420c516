import type { Clock } from '../calls/context.ts';
import type { Correlation } from './correlation.ts';
import type { Happening, TraceEvent } from './events.ts';
import { happened, type Linked, linked, type Probed, type Published, probed } from './publish.ts';

/** How many events are stored for later readers. */
export const ringSize = 4096;

/** A stored event. It is assembled when somebody reads it: most events are never read. */
interface Kept {
  readonly id: number;
  readonly published: Published;
  readonly links: Correlation | undefined;
}

/** Stores the newest events of one account, each with everything that it belongs to. */
export class Recorder {
  readonly #clock: Clock;
  readonly #ring: Kept[] = [];
  readonly #links = new Map<string, Correlation>();
  #latest = 0;
  /** Gets each event. */
  onEvent: ((event: TraceEvent) => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    happened.subscribe(this.#record);
    linked.subscribe(this.#link);
    probed.subscribe(this.#probe);
  }

  /** The id of the newest event. */
  get latest(): number {
    return this.#latest;
  }

  /** The id of the oldest stored event. */
  get oldest(): number {
    return Math.max(1, this.#latest - ringSize + 1);
  }

  /** Returns the events after one, the oldest first. */
  after(id: number): TraceEvent[] {
    const events: TraceEvent[] = [];
    for (let next = Math.max(id + 1, this.oldest); next <= this.#latest; next += 1) {
      const kept = this.#ring[next % ringSize];
      if (kept !== undefined) events.push(eventOf(kept));
    }
    return events;
  }

  close(): void {
    happened.unsubscribe(this.#record);
    linked.unsubscribe(this.#link);
    probed.unsubscribe(this.#probe);
    this.onEvent = undefined;
  }

  readonly #record = (message: unknown): void => {
    const published = message as Published;
    if (published.clock !== this.#clock) return;
    this.#latest += 1;
    const kept = { id: this.#latest, published, links: this.#linksOf(published.event) };
    this.#ring[this.#latest % ringSize] = kept;
    this.onEvent?.(eventOf(kept));
  };

  readonly #link = (message: unknown): void => {
    const { clock, callId, parent } = message as Linked;
    const of = this.#links.get(parent);
    if (clock === this.#clock && of !== undefined) this.#keep(callId, of);
  };

  readonly #probe = (message: unknown): void => {
    const { clock, requestId } = message as Probed;
    if (clock === this.#clock) this.#keep(requestId, { requestId, trace: requestId, isProbe: true });
  };

  /** Returns the path of an invocation or a call, from the event that caused it. */
  #linksOf(event: Correlation & Happening): Correlation | undefined {
    const { requestId } = event;
    if (requestId === undefined) return undefined;
    const known = this.#links.get(keyOf(requestId));
    const isNew = known === undefined || (event.kind === 'invocation' && known.requestId !== requestId);
    if (!isNew) return known;
    const { trace, connectionId, messageId, api, stage } = { ...known, ...event };
    return this.#keep(requestId, {
      requestId,
      // Only its caller knows about an invocation that no socket caused: it is a trace of its own.
      trace: trace ?? requestId,
      connectionId,
      messageId,
      api,
      stage,
    });
  }

  #keep(id: string, links: Correlation): Correlation {
    this.#links.set(keyOf(id), links);
    if (this.#links.size > ringSize) {
      const [first] = this.#links.keys();
      if (first !== undefined) this.#links.delete(first);
    }
    return links;
  }
}

/** Returns a stored event with its timestamp and its path. */
function eventOf({ id, published: { at, mono, event }, links }: Kept): TraceEvent {
  const stamped = { id, at, mono, ...links, ...event };
  // A call only knows the beginning of the id, and a changed row the call's id.
  const isByCall = event.kind === 'call' || event.kind === 'row';
  return isByCall && links?.requestId !== undefined ? { ...stamped, requestId: links.requestId } : stamped;
}

/** The part of an invocation's id that its trace header contains. */
function keyOf(requestId: string): string {
  return requestId.replaceAll('-', '').slice(0, 24);
}
