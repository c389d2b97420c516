import type { Room, Subject } from '../../checking/check.ts';
import { forAMoment, PAUSE } from '../../checking/run.ts';
import { type FunctionLog, logsItsInvocations, observeLoggingOff } from '../../observe/function-logs.ts';
import { observeGate } from '../../observe/gate.ts';
import { eventsSince } from '../../observe/log-events.ts';
import { speakingKey } from '../../observe/route-selection.ts';
import { observeRoutes } from '../../observe/routes.ts';
import { ENDED, STARTED } from './platform-line.ts';

/** How often each function must have run, by name. */
export type Invocations = ReadonlyMap<string, number>;

/** How often a conversation invoked functions, by occasion. */
export interface Happened {
  readonly joined: number;
  readonly said: number;
  /** Messages without a route. */
  readonly other: number;
  readonly left: number;
  /** Handshakes that the authorizer rejected. */
  readonly refused?: number;
  /** The function that Cognito invoked for a sign-up. */
  readonly trigger?: string | undefined;
}

/** The state of a function's log after the wait. */
export type Logged = 'complete' | 'late' | 'not told' | 'no group';

/** How long the functions have to end, in milliseconds: AWS has cold starts, and this machine can be busy. */
const ENDS_WITHIN = 10_000;

/** How long a log then takes to show it, in milliseconds: on AWS, and in a practice account without weather. */
const LATE = 25_000;
const SHOWN_WITHIN = 2_000;

/** Between two looks at a log of the practice account, in milliseconds. */
const A_MOMENT = 100;

/**
 * Returns how often a conversation invokes each function that is allowed to log. The others never log anything.
 */
export async function loggedInvocations(
  subject: Pick<Subject, 'target' | 'resources'>,
  room: Room,
  logs: readonly FunctionLog[],
  happened: Happened,
): Promise<Invocations> {
  const [invoked, off] = await Promise.all([
    invocationsOf(subject, room, happened),
    Promise.all(logs.map((log) => observeLoggingOff(subject, log))),
  ]);
  const silent = logs.flatMap(({ functionName }, index) => (off[index] === 'no permission' ? functionName : []));
  return new Map([...invoked].filter(([name]) => !silent.includes(name)));
}

async function invocationsOf(
  subject: Pick<Subject, 'target' | 'resources'>,
  room: Room,
  { joined, said, other, left, refused = 0, trigger }: Happened,
): Promise<Invocations> {
  const [routes, { authorizer }] = await Promise.all([observeRoutes(subject, room), observeGate(subject, room)]);
  const behind = (key: string) => routes.find(({ routeKey }) => routeKey === key)?.integration?.functionName;
  const times: ReadonlyArray<readonly [string | undefined, number]> = [
    [authorizer?.functionName, joined + refused],
    [behind('$connect'), joined],
    [behind(speakingKey(room)), said],
    [behind('$default'), other],
    [behind('$disconnect'), left],
    [trigger, 1],
  ];
  const invoked = new Map<string, number>();
  // One function can be behind several routes.
  for (const [name, count] of times) {
    if (name !== undefined && count > 0) invoked.set(name, (invoked.get(name) ?? 0) + count);
  }
  return invoked;
}

/**
 * Waits until each function's log shows the end of this many invocations since a moment, because logs are seconds late
 * on AWS. Returns the final state of each log. If a log's level omits these lines, it waits as long as logs can take.
 */
export async function untilLogged(
  { target, signal }: Pick<Subject, 'target' | 'signal'>,
  logs: readonly FunctionLog[],
  invoked: Invocations,
  since: number,
): Promise<ReadonlyMap<string, Logged>> {
  const { scale = 1, kind } = target;
  const shownWithin = kind === 'practice' && scale === 1 ? SHOWN_WITHIN : LATE / scale;
  const began = performance.now();
  const shown = new Map<string, Logged>();
  // Invocations of a version are in the log of that version, and several functions can share a log.
  const logsOf = (name: string) => logs.filter(({ functionName }) => functionName === name);
  const groupsOf = (name: string) => [...new Set(logsOf(name).map(({ group }) => group))];
  const wanted = [...invoked.keys()].map((name) => {
    const groups = groupsOf(name);
    const sharing = [...invoked].filter(([other]) => groupsOf(other).some((group) => groups.includes(group)));
    return { name, groups, own: logsOf(name), count: sharing.reduce((sum, [, times]) => sum + times, 0) };
  });
  for (;;) {
    const passed = performance.now() - began;
    for (const { name, groups, own, count } of wanted) {
      if (shown.get(name) === 'complete') continue;
      const read = await Promise.all(groups.map((group) => eventsSince({ target }, group, since)));
      const lines = read.flatMap((events) => events ?? []).map(({ message = '' }) => message);
      const [started = 0, ended = 0] = [STARTED, ENDED].map((what) => lines.filter((line) => what.test(line)).length);
      if (ended >= Math.max(count, started)) shown.set(name, 'complete');
      else if (read.every((events) => events === undefined)) shown.set(name, 'no group');
      else shown.set(name, own.every(logsItsInvocations) ? 'late' : 'not told');
    }
    const left = [...shown.values()].filter((each) => each !== 'complete');
    const longest = (left.every((each) => each === 'not told') ? 0 : ENDS_WITHIN) + shownWithin;
    if (left.length === 0 || passed >= longest) return shown;
    await forAMoment(kind === 'practice' ? A_MOMENT : PAUSE, signal);
  }
}
