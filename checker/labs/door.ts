import type { Evidence, Finding, Judgement, Room, Subject } from '../checking/check.ts';
import type { Throttle } from '../observe/routes.ts';
import { shortName } from '../workshop/short-name.ts';
import { type NoCapacity, noCapacity } from './no-capacity.ts';
import { observeShutDoor, type ShutDoor } from './nobody-comes-in.ts';
import { observeThrottle, turnedAway } from './turned-away.ts';

/** The account's view of a rejected handshake. */
export interface Door {
  /** How many the stage admits, if somebody was throttled. */
  readonly throttle?: Throttle;
  /** Why nobody could connect, if nobody could. */
  readonly door?: ShutDoor;
  /** A function that Lambda did not run, if there is one. */
  readonly noCapacity?: NoCapacity;
}

/**
 * Finds out what rejected a handshake, if one was rejected. `since` is when the conversation began, in milliseconds.
 */
export async function observeDoor(
  subject: Subject,
  room: Room,
  { refused, since, conversation }: { refused?: number; since: number; conversation: readonly string[] },
): Promise<Door> {
  if (refused === undefined) return {};
  const [throttle, door] = await Promise.all([
    observeThrottle(subject, room, refused),
    observeShutDoor(subject, room, refused, { since, conversation }),
  ]);
  return { ...throttle, ...door };
}

/** The mistake of a door that is shut, for checks whose own hints are for people who have come in. */
export function doorIsShut(lab: string): Finding {
  const number = shortName(lab);
  return {
    id: 'door-is-shut',
    hints: [
      "Somebody can't connect, so this check couldn't look at anything else.",
      `\`npx lab check ${number}\` shows what answered the handshake, and what its function logged; \`npx lab diff ${number}\` shows what you changed.`,
      'A handshake takes the route `$connect`. API Gateway asks its authorizer, if it has one, and then invokes the function behind the route. It opens a socket only if that function returns 200. If one of them throws an error, such as for a missing environment variable or permission, nobody can connect.',
      'How your files differ from the solution:',
    ],
  };
}

/**
 * Returns the judgment of a rejected handshake, with this finding; undefined if everyone was admitted. `evidence` comes
 * before the account's.
 */
export function judgeDoor(
  { room, refused, throttle, door, noCapacity: none }: Door & { readonly room: Room; readonly refused?: number },
  evidence: readonly Evidence[] = [],
  finding?: Finding,
): Judgement | undefined {
  const excused = turnedAway(refused, room, throttle) ?? noCapacity(none);
  if (excused !== undefined || door === undefined) return excused;
  const { actual, at, place } = door;
  return { outcome: 'failed', actual, evidence: [...evidence, ...door.evidence], at, place, finding };
}
