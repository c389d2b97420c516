import type { TraceEvent } from '../aws/practice.ts';

/** Everything that followed from one handshake, message or disconnect. */
export interface Path {
  /** The id that its events share, and that an error frame has as `requestId`. */
  readonly trace: string;
  readonly kind: 'message' | 'handshake' | 'disconnect' | 'invocation';
  /** In the order in which they began. */
  readonly events: readonly TraceEvent[];
  /** Whether nothing more will come, as far as known. */
  readonly isOver: boolean;
}

/** How many paths to keep: as many as the account's ring buffer can hold completely. */
const mostPaths = 500;

/** Groups events by path. */
export class Paths {
  readonly #events = new Map<string, TraceEvent[]>();

  /** Adds an event, and returns its path. */
  add(event: TraceEvent): Path | undefined {
    const { trace } = event;
    if (trace === undefined) return undefined;
    const events = this.#events.get(trace) ?? [];
    this.#events.set(trace, events);
    events.push(event);
    const [oldest] = this.#events.keys();
    if (this.#events.size > mostPaths && oldest !== undefined) this.#events.delete(oldest);
    return pathOf(trace, events);
  }

  /** Returns the newest message, or the handshake that was rejected since; without either, the newest handshake. */
  newest(): Path | undefined {
    const all = this.#all();
    const isTelling = ({ kind, events }: Path) =>
      kind === 'message' || (kind === 'handshake' && events.some((event) => event.kind === 'refused'));
    return all.findLast(isTelling) ?? all.findLast(({ kind }) => kind === 'handshake');
  }

  /** Returns the path with an id: its own, or that of an invocation or a call in it. */
  withId(id: string): Path | undefined {
    return this.#all().findLast(({ trace, events }) => {
      return (
        trace === id || events.some((event) => event.requestId === id || (event.kind === 'call' && event.callId === id))
      );
    });
  }

  #all(): Path[] {
    const paths = [...this.#events].map(([trace, events]) => pathOf(trace, events));
    return paths.sort((a, b) => (a.events[0]?.mono ?? 0) - (b.events[0]?.mono ?? 0));
  }
}

function pathOf(trace: string, unordered: readonly TraceEvent[]): Path {
  const events = [...unordered].sort((a, b) => a.mono - b.mono || a.id - b.id);
  const has = (...kinds: Array<TraceEvent['kind']>) => events.some((event) => kinds.includes(event.kind));
  const kind = has('frame')
    ? 'message'
    : has('disconnect')
      ? 'disconnect'
      : has('handshake', 'refused')
        ? 'handshake'
        : 'invocation';
  return { trace, kind, events, isOver: hasEnded(kind, events) };
}

/** The events that end a path. */
const ends: Readonly<Record<Path['kind'], readonly TraceEvent['kind'][]>> = {
  message: ['answer'],
  handshake: ['connected', 'refused'],
  disconnect: ['return'],
  invocation: ['return'],
};

/** Returns whether nothing more will come in a path with these events, as far as known. */
export function hasEnded(kind: Path['kind'], events: readonly TraceEvent[]): boolean {
  const isWithoutRoute = (event: TraceEvent) => event.kind === 'disconnect' && !event.hasRoute;
  return events.some((event) => ends[kind].includes(event.kind) || isWithoutRoute(event));
}
