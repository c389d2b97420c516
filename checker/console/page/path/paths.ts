import type { TraceEvent } from '../../../aws/practice.ts';
import { hasEnded } from '../../paths.ts';
import type { Sent } from '../state/stream.ts';

/** Everything that followed from one handshake, message or disconnect. */
export interface Path {
  readonly trace: string;
  readonly kind: 'handshake' | 'message' | 'disconnect';
  readonly connectionId: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** When each began. */
  readonly sent: readonly Sent[];
  readonly outcome: Outcome;
}

/**
 * The result. `refused`: by IAM, by the authorizer, or because no route matches. `failed`: a function failed. `partly`:
 * somebody was not reached.
 */
export type Outcome = 'under way' | 'fine' | 'partly' | 'refused' | 'failed';

const begins: Readonly<Partial<Record<TraceEvent['kind'], Path['kind']>>> = {
  handshake: 'handshake',
  frame: 'message',
  disconnect: 'disconnect',
};

/** Returns the paths that events form, the oldest first. A path whose beginning is gone is left out. */
export function pathsOf(events: readonly Sent[]): Path[] {
  const byTrace = new Map<string, Sent[]>();
  for (const sent of events) {
    const { trace, kind } = sent.event;
    if (trace === undefined) continue;
    const group = byTrace.get(trace);
    if (group !== undefined) group.push(sent);
    else if (begins[kind] !== undefined) byTrace.set(trace, [sent]);
  }
  return [...byTrace.values()].flatMap(pathOf);
}

function pathOf(group: Sent[]): Path[] {
  const [first] = group;
  const kind = first && begins[first.event.kind];
  if (first === undefined || kind === undefined) return [];
  // Calls are reported when they end.
  const sent = group.toSorted((a, b) => a.event.mono - b.event.mono || a.event.id - b.event.id);
  const { trace = '', connectionId = '', at } = first.event;
  return [{ trace, kind, connectionId, at, sent, outcome: outcomeOf(kind, sent) }];
}

function outcomeOf(kind: Path['kind'], sent: readonly Sent[]): Outcome {
  const happened = sent.map(({ event }) => event);
  const isRefused = happened.some((event) => denialOf(event) !== undefined || isTurnedAway(event));
  const hasFailed = happened.some(
    (event) =>
      (event.kind === 'return' && event.status !== 'success') ||
      (event.kind === 'answer' && event.what === 'error') ||
      event.kind === 'refused',
  );
  if (isRefused) return 'refused';
  if (hasFailed) return 'failed';
  if (!hasEnded(kind, happened)) return 'under way';
  return happened.some((event) => event.kind === 'call' && event.status >= 400) ? 'partly' : 'fine';
}

function isTurnedAway(event: TraceEvent): boolean {
  if (event.kind === 'permission') return !event.allowed;
  if (event.kind === 'authorizer') return event.outcome !== 'allowed';
  return event.kind === 'route' && (event.routeKey === undefined || event.isThrottled === true);
}

/** Returns the IAM denial in an event. */
export function denialOf(event: TraceEvent) {
  if (event.kind === 'permission') return event.allowed ? undefined : event.decision;
  if (event.kind !== 'call') return undefined;
  return event.decisions.find(({ decision }) => decision !== 'allowed');
}
