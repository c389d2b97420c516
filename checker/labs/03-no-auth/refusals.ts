import type { At, Evidence, Finding, Judgement, Room } from '../../checking/check.ts';
import { type Asked, type Gate, gateEvidence, invokesConnect, placeOfGate } from '../../observe/gate.ts';
import { isEntry, isRefusal, marked } from '../../observe/marked.ts';
import type { Throttle } from '../../observe/routes.ts';
import { thrownAt } from '../../observe/thrown.ts';
import type { Ending } from '../../observe/was-invoked.ts';
import type { Knock, Knocked } from '../../probe/knock.ts';
import { type NoCapacity, noCapacity } from '../no-capacity.ts';
import { turnedAway } from '../turned-away.ts';
import { crashesInstead } from './findings.ts';

/** Handshakes that must be rejected, and what the account says about who decides. */
export interface Tried<Kind extends string> extends Knocked<Kind> {
  readonly room: Room;
  readonly gate: Gate;
  /** The deciding function's log, if it failed. */
  readonly failure: readonly Evidence[];
  readonly ended?: Ending;
  /** How many the stage admits, if somebody was throttled. */
  readonly throttle?: Throttle;
  /** A function that Lambda did not run, if something broke. */
  readonly noCapacity?: NoCapacity;
}

/**
 * The valid answer of an authorizer on a WebSocket API. The function's log doesn't show that API Gateway can't use an
 * answer.
 */
const ANSWER =
  'it needs a `principalId`, a `policyDocument` with Version and Statement (Effect, Action, Resource), and only strings, numbers and booleans in its `context`';

/** Rejections that the contract allows: the two statuses with which API Gateway rejects a handshake. */
const refusals = [401, 403];

/** API Gateway's status if an authorizer fails, or a function behind a route can't be invoked. */
export const FAILED_AT_THE_AUTHORIZER = 500;

/** API Gateway's status if the function behind `$connect` failed. */
export const FAILED_BEHIND_CONNECT = 502;

/** Whether something crashed instead of admitting or rejecting somebody. */
export function isCrash({ status }: Knock): boolean {
  return status >= 500;
}

/**
 * Judges handshakes that must all be rejected. `whyIn` explains why some were admitted. A room without capacity is
 * nobody's mistake.
 */
export function judgeRefusals<Kind extends string>(
  tried: Tried<Kind>,
  words: {
    readonly whyIn: (kinds: readonly Kind[]) => string;
    readonly allRefused: string;
    readonly remark?: string;
    readonly byHand?: boolean;
    readonly letIn?: Finding | undefined;
  },
): Judgement {
  const { room, gate, knocks, conversation, failure, throttle } = tried;
  const evidence: Evidence[] = [
    marked({ source: 'conversation', about: room.address, lines: conversation }, (line) =>
      knocks.some(({ status }) => status === 101) ? isEntry(line) : isRefusal(line),
    ),
    ...gateEvidence(room, gate),
    ...failure,
  ];
  const failed = (actual: string, finding?: Finding, at: At = placeOfGate(room, gate)) => ({
    outcome: 'failed' as const,
    actual,
    evidence,
    at,
    finding,
  });
  const cameIn = knocks.filter(({ status }) => status === 101);
  if (cameIn.length > 0) {
    // Strangers can get in because of the stack alone. Anyone else got in by a wrong answer.
    const at = words.letIn === undefined ? codeOfGate(room, gate) : undefined;
    return failed(words.whyIn(cameIn.map(({ kind }) => kind)), words.letIn, at);
  }
  const unlucky = noCapacity(tried.noCapacity);
  if (unlucky !== undefined) return unlucky;
  const crashed = knocks.find(isCrash);
  if (crashed !== undefined) {
    const at = crashed.status === FAILED_BEHIND_CONNECT ? gate.connectId : placeOfFailure(room, gate, tried.ended);
    const place = invokesConnect(gate) ? undefined : thrownAt(failure);
    return { ...failed(byCrashing(crashed, gate, tried.ended), crashesInstead, at), place };
  }
  const { notAdmitted } = tried;
  const all = [...knocks, ...(notAdmitted === undefined ? [] : [notAdmitted])];
  const away = all.flatMap(({ status }) => turnedAway(status, room, throttle) ?? [])[0];
  if (away !== undefined) return away;
  const odd = knocks.find(({ status }) => !refusals.includes(status));
  if (odd !== undefined) {
    return failed(
      `Connecting with ${odd.kind} was rejected with ${odd.status}. Clients expect 401 or 403, as API Gateway sends them.`,
      undefined,
      codeOfOwn(room, gate),
    );
  }
  if (notAdmitted !== undefined) {
    return {
      outcome: 'inconclusive',
      reason: `Ada couldn't connect with ${notAdmitted.kind} (${notAdmitted.status}), so Mallory didn't try the token that is made from it.`,
      next: 'Run the command again. If that repeats, `npx lab logs` shows what your functions logged.',
    };
  }
  return {
    outcome: 'passed',
    actual: `${words.allRefused} (${[...new Set(knocks.map(({ status }) => status))].sort().join(', ')}).`,
    evidence,
    at: placeOfGate(room, gate),
    remark: words.remark,
    ...(words.byHand === true ? { byHand: true } : {}),
  };
}

/** Returns why an authorizer that ran gave 500. */
export function whyItFailed(authorizer: Asked, gate: Gate, ended?: Ending): string {
  const { name, functionName } = authorizer;
  const or = `API Gateway can't use its answer: ${ANSWER}.`;
  if (invokesConnect(gate)) return `${sameAsConnect(authorizer)} Either it failed, and its log says why, or ${or}`;
  const which = functionName === undefined ? '' : `, which invokes the function ${functionName},`;
  if (ended === 'finished') return `The authorizer ${name}${which} didn't fail, but ${or}`;
  return `The authorizer ${name}${which} failed, and its log says why${ended === 'failed' ? '.' : `; or ${or}`}`;
}

/**
 * Returns what to point at if the authorizer gave 500: itself if it invokes the wrong function, or that function. Its
 * code if it finished: then its answer is wrong.
 */
export function placeOfFailure(room: Room, gate: Gate, ended?: Ending): At {
  const { isFunctionGone, mayBeInvoked, resource } = gate.authorizer ?? {};
  if (invokesConnect(gate)) return resource ?? placeOfGate(room, gate);
  if (isFunctionGone || mayBeInvoked === false) return placeOfGate(room, gate);
  return ended === 'finished' ? codeOfGate(room, gate) : codeOfOwn(room, gate);
}

/** Returns the authorizer's code: its answer is wrong. Without an authorizer, returns the route or the API. */
export function codeOfGate(room: Room, gate: Gate): At {
  const { logicalId } = gate.authorizer ?? {};
  return logicalId === undefined ? placeOfGate(room, gate) : { codeOf: logicalId };
}

/** Returns the code of the learner's own authorizer. The room's is right, so the stack may use it in a wrong way. */
export function codeOfOwn(room: Room, gate: Gate): At {
  const { logicalId } = gate.authorizer ?? {};
  return logicalId === undefined ? placeOfGate(room, gate) : { codeOf: logicalId, unlessRooms: 'authorizer.ts' };
}

function sameAsConnect({ name, functionName }: Asked): string {
  return `The authorizer ${name} invokes the function ${functionName}, which is the one behind $connect.`;
}

/** Nobody was admitted, but nobody was rejected properly either: something crashed. */
function byCrashing({ kind, status }: Knock, gate: Gate, ended: Ending | undefined): string {
  const { authorizer, authorizationType } = gate;
  const fact = `The room crashes instead of rejecting: connecting with ${kind} gave ${status}.`;
  if (authorizer?.isFunctionGone) {
    return `${fact} The function of the authorizer ${authorizer.name}, ${authorizer.functionName}, doesn't exist.`;
  }
  if (authorizer?.mayBeInvoked === false) {
    return `${fact} API Gateway isn't allowed to invoke the function of the authorizer ${authorizer.name}.`;
  }
  if (status === 500 && authorizationType === 'CUSTOM') {
    const own = authorizer !== undefined && invokesConnect(gate) ? ` ${sameAsConnect(authorizer)}` : '';
    const throws = 'the authorizer throws something other than "Unauthorized", which its log shows';
    const answers = `API Gateway can't use its answer: ${ANSWER}.`;
    if (ended === 'failed') return `${fact}${own} T${throws.slice(1)}.`;
    return ended === 'finished'
      ? `${fact}${own} The authorizer didn't fail, but ${answers}`
      : `${fact}${own} Either ${throws}, or ${answers}`;
  }
  if (status === FAILED_BEHIND_CONNECT) {
    return authorizer === undefined
      ? `${fact} The route $connect has no authorizer, and the function behind it fails instead of returning the statusCode 401 or 403.`
      : `${fact} The authorizer ${authorizer.name} admitted it, and then the function behind $connect failed.`;
  }
  return `${fact} Whatever checks the token fails.`;
}
