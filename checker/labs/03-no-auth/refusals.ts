import type { Evidence, Finding, Judgement, Room } from '../../checking/check.ts';
import { type Gate, gateEvidence, placeOfGate } from '../../observe/gate.ts';
import { isEntry, isRefusal, marked } from '../../observe/marked.ts';
import type { Throttle } from '../../observe/routes.ts';
import type { Knock, Knocked } from '../../probe/knock.ts';
import { turnedAway } from '../turned-away.ts';
import { crashes } from './findings.ts';

/** Handshakes that must be refused, and what the account tells of who decides. */
export interface Tried<Kind extends string> extends Knocked<Kind> {
  readonly room: Room;
  readonly gate: Gate;
  /** What the function that decides printed, where it failed. */
  readonly failure: readonly Evidence[];
  /** How many the stage lets in, where somebody was turned away. */
  readonly throttle?: Throttle;
}

/** What an authorizer answers on a WebSocket API. What API Gateway makes nothing of is in no log of the function. */
export const ANSWER =
  'it has to have a `principalId`, a `policyDocument` with Version and Statement (Effect, Action, Resource), and in its `context` nothing but texts, numbers and booleans';

/** Refusals as the contract has them: API Gateway's two ways to say no. */
const refusals = [401, 403];

/** API Gateway's status if the function behind `$connect` failed; an authorizer that fails makes it 500. */
export const FAILED_BEHIND_CONNECT = 502;

/** Whether something broke, in place of letting somebody in or saying no. */
export function isCrash({ status }: Knock): boolean {
  return status >= 500;
}

/**
 * Judges handshakes of which each must be refused. `whyIn` says what it means that these came in. Nobody's mistake is
 * that the room had no time for them.
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
  const failed = (actual: string, finding?: Finding, at = placeOfGate(room, gate)): Judgement => ({
    outcome: 'failed',
    actual,
    evidence,
    at,
    finding,
  });
  const cameIn = knocks.filter(({ status }) => status === 101);
  if (cameIn.length > 0) return failed(words.whyIn(cameIn.map(({ kind }) => kind)), words.letIn);
  const crashed = knocks.find(isCrash);
  if (crashed !== undefined) {
    const at = crashed.status === FAILED_BEHIND_CONNECT ? gate.connectId : undefined;
    return failed(byCrashing(crashed, gate), crashes, at);
  }
  const away = knocks.flatMap(({ status }) => turnedAway(status, room, throttle) ?? [])[0];
  if (away !== undefined) return away;
  const odd = knocks.find(({ status }) => !refusals.includes(status));
  if (odd !== undefined) {
    return failed(
      `Who came with ${odd.kind} was refused with ${odd.status}. A page can make sense of 401 and 403 only: that is how API Gateway says no.`,
    );
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

/** Nobody came in, and nobody was refused either: something broke. */
function byCrashing({ kind, status }: Knock, { authorizer, authorizationType }: Gate): string {
  const fact = `The room refuses by crashing: who came with ${kind} got ${status}.`;
  if (authorizer?.mayBeInvoked === false) {
    return `${fact} API Gateway may not invoke the function of the authorizer ${authorizer.name}: it has no permission for it.`;
  }
  if (status === 500 && authorizationType === 'CUSTOM') {
    return `${fact} The authorizer fails in place of refusing: it throws something that is not "Unauthorized", which its log says; or API Gateway cannot read its answer: ${ANSWER}.`;
  }
  if (status === FAILED_BEHIND_CONNECT) {
    return `${fact} The function behind $connect fails in place of refusing: it has to answer with the statusCode 401 or 403.`;
  }
  return `${fact} Whatever looks at the token fails in place of refusing.`;
}
