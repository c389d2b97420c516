import type { TraceEvent } from '../aws/practice.ts';

/** All that followed from one handshake, message or disconnect. */
export interface Path {
  /** The id that its events share, and that an error frame names as `requestId`. */
  readonly trace: string;
  readonly kind: 'message' | 'handshake' | 'disconnect' | 'invocation';
  /** In the order in which they began. */
  readonly events: readonly TraceEvent[];
  /** Whether nothing more is to come, as far as can be told. */
  readonly isOver: boolean;
}

/** How many paths are kept: as many as the account's ring can hold whole. */
const mostPaths = 500;

/** Puts events together that belong to one path. */
export class Paths {
  readonly #events = new Map<string, TraceEvent[]>();

  /** Takes in an event, and returns the path that it belongs to. */
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

  /** Returns the path that has an id: its own, or that of an invocation or a call in it. */
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
  const [first] = events;
  const kind = has('frame')
    ? 'message'
    : has('disconnect')
      ? 'disconnect'
      : has('handshake', 'refused')
        ? 'handshake'
        : 'invocation';
  const isOver = {
    message: () => has('answer'),
    handshake: () => has('connected', 'refused'),
    disconnect: () => has('return') || (first?.kind === 'disconnect' && !first.hasRoute),
    invocation: () => has('return'),
  };
  return { trace, kind, events, isOver: isOver[kind]() };
}
