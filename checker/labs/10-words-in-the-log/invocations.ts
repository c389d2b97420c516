import type { Room, Subject } from '../../checking/check.ts';
import { forAMoment, PAUSE } from '../../checking/run.ts';
import { type FunctionLog, logsItsInvocations } from '../../observe/function-logs.ts';
import { observeGate } from '../../observe/gate.ts';
import { eventsSince } from '../../observe/log-events.ts';
import { speakingKey } from '../../observe/route-selection.ts';
import { observeRoutes } from '../../observe/routes.ts';

/** How often each function must have run, by its name. */
export type Invocations = ReadonlyMap<string, number>;

/** What happened in a conversation that invokes functions. */
export interface Happened {
  readonly joined: number;
  readonly said: number;
  /** Messages without a route of their own. */
  readonly other: number;
  readonly left: number;
}

/** What a function's log shows once it has had its time. */
export type Logged = 'complete' | 'late' | 'not told' | 'no group';

/** How long a log may take to show an invocation, in milliseconds of AWS's. */
const LATE = 25_000;

/** The same in a practice account without weather: until a function has ended on a busy machine, and after that. */
const ENDS_WITHIN = 10_000;
const SHOWN_WITHIN = 2_000;

/** Between two looks at a log of the practice account, in milliseconds. */
const A_MOMENT = 100;

/** What Lambda writes at the end of an invocation, as text or as JSON: all that the function printed comes before it. */
const END = /^REPORT RequestId:|"type":"platform\.report"/;

/** Returns which functions a conversation invoked, and how often. */
export async function invocationsOf(
  subject: Pick<Subject, 'target' | 'resources'>,
  room: Room,
  { joined, said, other, left }: Happened,
): Promise<Invocations> {
  const [routes, { authorizer }] = await Promise.all([observeRoutes(subject, room), observeGate(subject, room)]);
  const behind = (key: string) => routes.find(({ routeKey }) => routeKey === key)?.integration?.functionName;
  const times: ReadonlyArray<readonly [string | undefined, number]> = [
    [authorizer?.functionName, joined],
    [behind('$connect'), joined],
    [behind(speakingKey(room)), said],
    [behind('$default'), other],
    [behind('$disconnect'), left],
  ];
  const invoked = new Map<string, number>();
  // One function can be behind several routes.
  for (const [name, count] of times) {
    if (name !== undefined && count > 0) invoked.set(name, (invoked.get(name) ?? 0) + count);
  }
  return invoked;
}

/**
 * Waits until the log of each function shows the end of as many invocations since a moment, for logs are seconds late on
 * AWS. Returns what each log showed in the end. One that does not tell, because its level leaves these lines out, gets all
 * the time that logs can take.
 */
export async function untilLogged(
  { target, signal }: Pick<Subject, 'target' | 'signal'>,
  logs: readonly FunctionLog[],
  invoked: Invocations,
  since: number,
): Promise<ReadonlyMap<string, Logged>> {
  const { scale = 1, kind } = target;
  const isCalm = kind === 'practice' && scale === 1;
  const began = performance.now();
  const shown = new Map<string, Logged>();
  const wanted = [...invoked].map(([name, count]) => ({
    name,
    count,
    // Invocations of a version are in the log of that version.
    own: logs.filter(({ functionName }) => functionName === name),
  }));
  for (;;) {
    const passed = performance.now() - began;
    for (const { name, count, own } of wanted) {
      if (shown.get(name) === 'complete') continue;
      const groups = await Promise.all(
        [...new Set(own.map(({ group }) => group))].map((group) => eventsSince({ target }, group, since)),
      );
      const ended = groups.flatMap((events) => (events ?? []).filter(({ message = '' }) => END.test(message)));
      if (ended.length >= count) shown.set(name, 'complete');
      else if (groups.every((events) => events === undefined)) shown.set(name, 'no group');
      else shown.set(name, own.every(logsItsInvocations) ? 'late' : 'not told');
    }
    const left = [...shown.values()].filter((each) => each !== 'complete');
    const longest = left.every((each) => each === 'not told') ? SHOWN_WITHIN : ENDS_WITHIN;
    if (left.length === 0 || passed >= (isCalm ? longest : LATE / scale)) return shown;
    await forAMoment(kind === 'practice' ? A_MOMENT : PAUSE, signal);
  }
}
