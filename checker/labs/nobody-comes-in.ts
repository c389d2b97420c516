import type { Evidence, Place, Room, Subject } from '../checking/check.ts';
import { observeFunction } from '../observe/function.ts';
import { type Asked, type Gate, gateEvidence, invokesConnect, observeGate, placeOfGate } from '../observe/gate.ts';
import { isEntry, isRefusal } from '../observe/marked.ts';
import { mayBeInvoked } from '../observe/may-be-invoked.ts';
import { resourceNamed } from '../observe/physical-id.ts';
import { observeRoutes, observeStage } from '../observe/routes.ts';
import { thrownAt } from '../observe/thrown.ts';
import { type Decider, decider } from './03-no-auth/observe-refusals.ts';
import { FAILED_AT_THE_AUTHORIZER, whyItFailed } from './03-no-auth/refusals.ts';
import { atTheDoor, type NoCapacity, observeNoCapacity } from './no-capacity.ts';

/** Why a room rejects somebody, as far as the account says. */
export interface ShutDoor {
  /** One sentence. */
  readonly actual: string;
  /** The stage, the authorizer's function or the one behind `$connect`: what to look at. */
  readonly at: string;
  /** The line that threw an error, if one of them failed. */
  readonly place?: Place;
  /** The function behind `$connect`, if it ran and rejected them. */
  readonly answeredBy?: string;
  /** The account's view of it. */
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
  const who = held?.conversation.some(isEntry) === true ? "Somebody couldn't" : 'Nobody could';
  const fact = `${who} connect: the handshake was answered with ${status}`;
  if (stage.deploymentId === undefined) {
    const actual = `${fact}, because nothing is deployed to the stage ${stage.name}.`;
    const lines = [`${stage.name}: deployment none, autoDeploy ${stage.autoDeploy}`];
    const evidence: Evidence = { source: 'GetStage', about: room.apiId, lines, marked: [0] };
    return { door: { actual, at: room.stage ?? room.api, evidence: [evidence] } };
  }
  const gate = await observeGate(subject, room);
  const { authorizer } = gate;
  // With an authorizer, API Gateway invokes `$connect` only for people whom that admits.
  const isBehind =
    status > FAILED_AT_THE_AUTHORIZER ||
    (status === FAILED_AT_THE_AUTHORIZER && !(await mayConnectRun(subject, room, gate)));
  const decided =
    authorizer === undefined || isBehind
      ? undefined
      : await decider(subject, gate, status, held?.since ?? subject.began ?? Date.now());
  // A `$connect` that fails is answered with 502.
  const isAuthorizers = status === FAILED_AT_THE_AUTHORIZER || decided?.asked !== '$connect';
  if (authorizer !== undefined && decided !== undefined && isAuthorizers) {
    const actual = `${fact}. ${whyNotAdmitted(authorizer, gate, status, decided)}`;
    const at = (status >= 500 && invokesConnect(gate) ? authorizer.resource : undefined) ?? placeOfGate(room, gate);
    const place = status < 500 || invokesConnect(gate) ? undefined : thrownAt(decided.log);
    return { door: { actual, at, place, evidence: [...gateEvidence(room, gate), ...decided.log] } };
  }
  const name = routes.find(({ routeKey }) => routeKey === '$connect')?.integration?.functionName;
  const connect = resourceNamed(subject.resources, 'AWS::Lambda::Function', name);
  // Any status below 500 is an answer of the function's own.
  const evidence = name === undefined ? [] : await observeFunction(subject, name, held?.since);
  const called =
    connect === undefined ? name : (subject.locate(connect.logicalId)?.construct ?? name)?.split('/').at(-1);
  const why =
    status >= 500 && called !== undefined
      ? `, so the function behind $connect, ${called}, failed or can't be invoked.`
      : '.';
  // 500 can also mean that API Gateway couldn't invoke it.
  const answered = name === undefined || status === FAILED_AT_THE_AUTHORIZER ? {} : { answeredBy: name };
  const place = status >= 500 ? thrownAt(evidence) : undefined;
  return { door: { actual: `${fact}${why}`, at: connect?.logicalId ?? room.api, place, ...answered, evidence } };
}

/** Returns whether API Gateway is allowed to invoke the function behind `$connect`: if not, the status is 500, too. */
async function mayConnectRun(subject: Subject, { apiId, stageName }: Room, { connect }: Gate): Promise<boolean> {
  return connect === undefined || (await mayBeInvoked(subject, connect, `${apiId}/${stageName}/$connect`)) === true;
}

function whyNotAdmitted(authorizer: Asked, gate: Gate, status: number, { asked, ended }: Decider): string {
  const { name, functionName, mayBeInvoked, isFunctionGone } = authorizer;
  if (isFunctionGone) return `The function of the authorizer ${name}, ${functionName}, doesn't exist.`;
  if (mayBeInvoked === false) return `API Gateway isn't allowed to invoke the function of the authorizer ${name}.`;
  if (status >= 500) return whyItFailed(authorizer, gate, ended);
  // A log can be late.
  const or = asked === undefined ? ', or the function behind $connect,' : '';
  return `The authorizer ${name}${or} rejected a person who had signed in.`;
}
