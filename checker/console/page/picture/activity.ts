import type { TraceEvent } from '../../../aws/practice.ts';
import type { DeployedRoom, FunctionDocument } from '../../deployed-room.ts';
import type { Path } from '../path/paths.ts';
import type { Sent } from '../state/stream.ts';

/** A function's recent activity, according to the stored events. */
export interface FunctionActivity {
  readonly state: FunctionDocument['state'];
  readonly runs: number;
  readonly failed: number;
  readonly lastMs?: number;
  /** How long its last cold start took. */
  readonly coldMs?: number;
  /** Whether its last run failed. */
  readonly isFailing: boolean;
}

/** Returns what each function has been doing; some events aren't counted. */
export function activityOf(
  room: DeployedRoom,
  events: readonly Sent[],
  isUncounted: (event: TraceEvent) => boolean,
): Map<string, FunctionActivity> {
  const processes = new Map<string, Map<string, 'starting' | 'idle' | 'busy'>>();
  const runningIn = new Map<string, string>();
  const done = new Map<string, Omit<FunctionActivity, 'state'>>();
  for (const { event } of events) {
    const { function: name = '', requestId = '' } = event;
    const own = processes.get(name) ?? new Map<string, 'starting' | 'idle' | 'busy'>();
    const before = done.get(name) ?? { runs: 0, failed: 0, isFailing: false };
    if (event.kind === 'process') {
      if (event.state === 'ended') own.delete(event.process);
      else own.set(event.process, event.state === 'ready' ? 'idle' : 'starting');
      processes.set(name, own);
      if (event.ms !== undefined) done.set(name, { ...before, coldMs: event.ms });
    }
    if (event.kind === 'invocation') {
      own.set(event.process, 'busy');
      runningIn.set(requestId, event.process);
      processes.set(name, own);
    }
    if (event.kind === 'return') {
      const process = runningIn.get(requestId);
      if (process !== undefined && own.get(process) === 'busy') own.set(process, 'idle');
      runningIn.delete(requestId);
      if (isUncounted(event)) continue;
      const isFailing = event.status !== 'success';
      done.set(name, {
        ...before,
        runs: before.runs + 1,
        failed: before.failed + Number(isFailing),
        lastMs: event.ms,
        isFailing,
      });
    }
  }
  return new Map(
    room.functions.map(({ name, state }) => {
      const own = processes.get(name);
      const known = done.get(name) ?? { runs: 0, failed: 0, isFailing: false };
      return [name, { ...known, state: own === undefined ? state : stateOf([...own.values()]) }];
    }),
  );
}

function stateOf(states: ReadonlyArray<'starting' | 'idle' | 'busy'>): FunctionDocument['state'] {
  if (states.includes('busy')) return 'busy';
  if (states.includes('idle')) return 'warm';
  return states.includes('starting') ? 'starting' : 'cold';
}

/** How many messages a route got. */
export interface Traffic {
  readonly came: number;
  readonly failed: number;
}

/** Returns how many messages each route got. */
export function trafficOf(paths: readonly Path[]): Map<string, Traffic> {
  const traffic = new Map<string, Traffic>();
  for (const path of paths) {
    const key = routeOf(path);
    if (key === undefined) continue;
    const { came, failed } = traffic.get(key) ?? { came: 0, failed: 0 };
    const isFailed = path.outcome === 'refused' || path.outcome === 'failed';
    traffic.set(key, { came: came + 1, failed: failed + Number(isFailed) });
  }
  return traffic;
}

/** Returns the route that a path took; undefined if none matched. */
export function routeOf({ kind, sent }: Path): string | undefined {
  if (kind !== 'message') return kind === 'handshake' ? '$connect' : '$disconnect';
  for (const { event } of sent) if (event.kind === 'route') return event.routeKey;
  return undefined;
}
