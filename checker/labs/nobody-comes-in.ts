import type { Evidence, Room, Subject } from '../checking/check.ts';
import { observeFunction } from '../observe/function.ts';
import { observeGate } from '../observe/gate.ts';
import { isEntry, isRefusal } from '../observe/marked.ts';
import { resourceNamed } from '../observe/physical-id.ts';
import { observeRoutes, observeStage } from '../observe/routes.ts';
import { atTheDoor, type NoCapacity, observeNoCapacity } from './no-capacity.ts';

/** Why a room rejects everyone, as far as the account says. */
export interface ShutDoor {
  /** One sentence. */
  readonly actual: string;
  /** The stage, or the function behind `$connect`: what to look at. */
  readonly at: string;
  /** The account's view of that function. */
  readonly evidence: readonly Evidence[];
}

/** When a conversation began, in milliseconds, and its lines. */
export interface Held {
  readonly since: number;
  readonly conversation: readonly string[];
}

/**
 * Finds out what answered a handshake with a status; undefined if it was admitted. Capacity for the functions at the
 * door is only checked with the conversation itself.
 */
export async function observeShutDoor(
  subject: Subject,
  room: Room,
  status: number | undefined,
  held?: Held,
): Promise<{ door?: ShutDoor; noCapacity?: NoCapacity }> {
  if (status === undefined) return {};
  if (status >= 500 && held !== undefined) {
    const { since } = held;
    const times = held.conversation.filter((line) => isEntry(line) || isRefusal(line)).length;
    // An earlier check has shown that these visitors are admitted.
    const expected = atTheDoor(await observeGate(subject, room), { times, admitted: Math.min(times, 1), since });
    const none = await observeNoCapacity(subject, room, expected);
    if (none.noCapacity !== undefined) return none;
  }
  const [routes, stage] = await Promise.all([observeRoutes(subject, room), observeStage(subject, room)]);
  const fact = `Nobody could connect: the handshake was answered with ${status}`;
  if (stage.deploymentId === undefined) {
    const actual = `${fact}, because nothing is deployed to the stage ${stage.name}.`;
    const lines = [`${stage.name}: deployment none, autoDeploy ${stage.autoDeploy}`];
    const evidence: Evidence = { source: 'GetStage', about: room.apiId, lines, marked: [0] };
    return { door: { actual, at: room.stage ?? room.api, evidence: [evidence] } };
  }
  const name = routes.find(({ routeKey }) => routeKey === '$connect')?.integration?.functionName;
  const connect = resourceNamed(subject.resources, 'AWS::Lambda::Function', name);
  // API Gateway answers 500 or 502 if the function fails or can't be invoked; any other status is an answer of the function's own.
  const evidence = name === undefined ? [] : await observeFunction(subject, name);
  const called =
    connect === undefined ? name : (subject.locate(connect.logicalId)?.construct ?? name)?.split('/').at(-1);
  const why =
    status >= 500 && called !== undefined
      ? `, so the function behind $connect, ${called}, failed or can't be invoked.`
      : '.';
  return { door: { actual: `${fact}${why}`, at: connect?.logicalId ?? room.api, evidence } };
}
