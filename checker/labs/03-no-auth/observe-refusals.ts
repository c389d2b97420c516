import type { Evidence, Subject } from '../../checking/check.ts';
import { type Gate, observeGate } from '../../observe/gate.ts';
import { newestLines } from '../../observe/newest.ts';
import type { Bundled } from '../../observe/own-lines.ts';
import { observeReadableLog } from '../../observe/readable-log.ts';
import { openRoom } from '../../observe/room.ts';
import { errorIn } from '../../observe/thrown.ts';
import { type Ending, observeEnding, wasInvoked } from '../../observe/was-invoked.ts';
import { type Caller, knock } from '../../probe/knock.ts';
import { atTheDoor, observeNoCapacity } from '../no-capacity.ts';
import { observeThrottle } from '../turned-away.ts';
import { FAILED_AT_THE_AUTHORIZER, FAILED_BEHIND_CONNECT, isCrash, type Tried } from './refusals.ts';

/** Tries to connect as each of them, and finds out what decides; if something crashed, also what it logged. */
export async function observeRefusals<Kind extends string>(
  subject: Subject,
  callers: ReadonlyArray<Caller<Kind>>,
): Promise<Tried<Kind>> {
  const room = openRoom(subject);
  const since = Date.now();
  const [knocked, gate] = await Promise.all([knock(subject, room.address, callers), observeGate(subject, room)]);
  const crash = knocked.knocks.find(isCrash);
  const { notAdmitted } = knocked;
  const all = [...knocked.knocks, ...(notAdmitted === undefined ? [] : [notAdmitted])];
  const throttled = all.find(({ status }) => status === 429)?.status;
  const tried = callers.flatMap((caller): ReadonlyArray<Pick<Caller, 'token'>> => {
    const { kind, after } = caller;
    return [
      ...(knocked.knocks.some((each) => each.kind === kind) ? [caller] : []),
      ...(after === undefined ? [] : [after]),
    ];
  });
  // Without what its identity source names, API Gateway rejects the request and invokes no function.
  const asked = tried.filter(({ token }) => token !== undefined && token !== '').length;
  const invocations = gate.authorizer?.identitySources.length === 0 ? tried.length : asked;
  const decided = crash === undefined ? undefined : await decider(subject, gate, crash.status, since, invocations);
  const none = !all.some(isCrash)
    ? {}
    : await observeNoCapacity(subject, room, atTheDoor(gate, { times: asked, admitted: 0, since }));
  const { log: failure = [], ended } = { ...decided };
  return { room, gate, ...knocked, failure, ended, ...none, ...(await observeThrottle(subject, room, throttled)) };
}

/** Which of two functions rejected somebody, and what it has logged since. */
export interface Decider {
  /** `$connect` is only invoked for people whom the authorizer admitted. Undefined if no log says so. */
  readonly asked?: 'authorizer' | '$connect';
  /** How the authorizer ended, if its log says so. It can finish with an answer that API Gateway can't use. */
  readonly ended?: Ending;
  readonly log: readonly Evidence[];
}

/**
 * Returns which function decided, and what it logged, without any token. Evidence only: unreadable logs are left out.
 * `invocations` is how often the authorizer was asked since.
 */
export async function decider(
  subject: Bundled,
  { authorizer, connect }: Pick<Gate, 'authorizer' | 'connect'>,
  status: number,
  since: number,
  invocations = 1,
): Promise<Decider> {
  const invoked = (name: string | undefined) =>
    name !== undefined && wasInvoked(subject, name, since).catch(() => false);
  // A failing authorizer always gives 500. `$connect` may have run for somebody else.
  const isAuthorizers = authorizer !== undefined && status === FAILED_AT_THE_AUTHORIZER;
  const [byConnect, byAuthorizer] = await Promise.all([
    status === FAILED_BEHIND_CONNECT || (!isAuthorizers && invoked(connect)),
    invoked(authorizer?.functionName),
  ]);
  const asked = byConnect ? ('$connect' as const) : byAuthorizer ? ('authorizer' as const) : undefined;
  const decides = asked === '$connect' ? connect : (authorizer?.functionName ?? connect);
  const printed = decides && (await observeReadableLog(subject, decides, since).catch(() => undefined));
  const log = printed ? [{ ...printed, lines: telling(printed.lines) }] : [];
  const ended =
    isAuthorizers && decides
      ? await observeEnding(subject, decides, since, invocations).catch(() => undefined)
      : undefined;
  return { asked, ended, log };
}

/** How many different lines are worth showing. */
const LINES = 4;

/** Returns the last lines; of an error its name and message, and where it was thrown, only once. */
export function telling(lines: readonly string[]): string[] {
  const entries: string[][] = [];
  for (const line of lines) {
    if (/^\s+at /.test(line)) entries.at(-1)?.push(line);
    else entries.push([errorIn(line) ?? line]);
  }
  // Of the same entries, the last one stays.
  const distinct = new Map(entries.reverse().map((entry) => [entry.join('\n'), entry]));
  return newestLines([...distinct.values()].reverse().flat(), LINES);
}
