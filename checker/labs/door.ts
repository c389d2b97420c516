import type { Evidence, Judgement, Room, Subject } from '../checking/check.ts';
import type { Throttle } from '../observe/routes.ts';
import { type NoCapacity, noCapacity } from './no-capacity.ts';
import { observeShutDoor, type ShutDoor } from './nobody-comes-in.ts';
import { observeThrottle, turnedAway } from './turned-away.ts';

/** What the account tells of a refused handshake. */
export interface Door {
  /** How many the stage admits, if it turned somebody away. */
  readonly throttle?: Throttle;
  /** Why nobody could connect, if nobody could. */
  readonly door?: ShutDoor;
  /** A function that Lambda did not run. */
  readonly noCapacity?: NoCapacity;
}

/** Looks for what refused a handshake; nothing if the conversation has no refusal. `since` is when it began, in milliseconds. */
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

/** What a refused handshake decides; undefined if everybody was admitted. `evidence` comes before the account's own. */
export function judgeDoor(
  { room, refused, throttle, door, noCapacity: none }: Door & { readonly room: Room; readonly refused?: number },
  evidence: readonly Evidence[] = [],
): Judgement | undefined {
  const excused = turnedAway(refused, room, throttle) ?? noCapacity(none);
  if (excused !== undefined || door === undefined) return excused;
  return { outcome: 'failed', actual: door.actual, evidence: [...evidence, ...door.evidence], at: door.at };
}
