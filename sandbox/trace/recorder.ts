import type { Clock } from '../calls/context.ts';
import type { Correlation, Happening, TraceEvent } from './events.ts';
import { happened, type Linked, linked, type Published } from './publish.ts';

/** How many events are kept for somebody who comes later. */
export const ringSize = 4096;

/** Keeps the newest events of one account, each with all that it belongs to. */
export class Recorder {
  readonly #clock: Clock;
  readonly #ring: TraceEvent[] = [];
  readonly #links = new Map<string, Correlation>();
  #latest = 0;
  /** Hears of each event. */
  onEvent: ((event: TraceEvent) => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    happened.subscribe(this.#record);
    linked.subscribe(this.#link);
  }

  /** The id of the newest event. */
  get latest(): number {
    return this.#latest;
  }

  /** The id of the oldest event that is kept. */
  get oldest(): number {
    return Math.max(1, this.#latest - ringSize + 1);
  }

  /** Returns the events after one, the oldest first. */
  after(id: number): TraceEvent[] {
    const events: TraceEvent[] = [];
    for (let next = Math.max(id + 1, this.oldest); next <= this.#latest; next += 1) {
      const event = this.#ring[next % ringSize];
      if (event !== undefined) events.push(event);
    }
    return events;
  }

  close(): void {
    happened.unsubscribe(this.#record);
    linked.unsubscribe(this.#link);
    this.onEvent = undefined;
  }

  readonly #record = (message: unknown): void => {
    const { clock, at, mono, event } = message as Published;
    if (clock !== this.#clock) return;
    this.#latest += 1;
    const links = this.#linksOf(event);
    const stamped = { id: this.#latest, at, mono, ...links, ...event };
    // A call knows no more than the beginning of the id, and a changed row the id of the call.
    const isByCall = event.kind === 'call' || event.kind === 'row';
    if (isByCall && links?.requestId !== undefined) Object.assign(stamped, { requestId: links.requestId });
    this.#ring[this.#latest % ringSize] = stamped;
    this.onEvent?.(stamped);
  };

  readonly #link = (message: unknown): void => {
    const { clock, callId, parent } = message as Linked;
    const of = this.#links.get(parent);
    if (clock === this.#clock && of !== undefined) this.#keep(callId, of);
  };

  /** Returns what an invocation or a call belongs to, which the event that led to it said. */
  #linksOf(event: Correlation & Happening): Correlation | undefined {
    const { requestId, trace } = event;
    if (requestId === undefined) return undefined;
    const known = this.#links.get(keyOf(requestId));
    const isNew = known === undefined || (event.kind === 'invocation' && known.requestId !== requestId);
    if (!isNew) return known;
    const { connectionId, messageId, api, stage } = { ...known, ...event };
    // Nobody but its caller knows of an invocation that no socket led to: it is a trace of its own.
    const links = { requestId, trace: trace ?? known?.trace ?? requestId, connectionId, messageId, api, stage };
    return this.#keep(requestId, links);
  }

  #keep(id: string, links: { readonly [Name in keyof Correlation]: Correlation[Name] | undefined }): Correlation {
    const known: Correlation = Object.fromEntries(Object.entries(links).filter(([, value]) => value !== undefined));
    this.#links.set(keyOf(id), known);
    const [first] = this.#links.keys();
    if (this.#links.size > ringSize && first !== undefined) this.#links.delete(first);
    return known;
  }
}

/** What the trace header of an invocation tells of its id. */
function keyOf(requestId: string): string {
  return requestId.replaceAll('-', '').slice(0, 24);
}
