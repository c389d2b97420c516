import { check, type Evidence, type Room } from '../../checking/check.ts';
import { observePrinted } from '../../observe/printed.ts';
import { openRoom } from '../../observe/room.ts';
import { observeSender } from '../../observe/sender.ts';
import { errorIn, thrownAt } from '../../observe/thrown.ts';
import { isCrash } from '../../probe/frames.ts';
import { RefusedError } from '../../probe/handshake.ts';
import { docs } from '../docs.ts';
import { type Door, judgeDoor, observeDoor } from '../door.ts';
import { observeSpeakingCapacity } from '../no-capacity.ts';
import * as findings from './findings.ts';
import { type Flood, type Flooded, floodAndSpeak, isThrottled, PEOPLE, showsNothing } from './flood.ts';

export interface Observation extends Door {
  readonly room: Room;
  readonly flooded?: Flooded;
  /** The logical id of the function behind `sendmessage`, if the stack created it. */
  readonly sender?: string;
  /** The log of that function, if it failed. */
  readonly log?: readonly Evidence[];
  /** The status of the handshake, if somebody was refused. */
  readonly refused?: number;
}

export const floodIsCutOff = check<Observation>({
  id: 'flood-is-cut-off',
  title: 'A flood is cut off, but people get through',
  needs: ['every-route-is-throttled', 'stranger-is-refused'],
  expected:
    'If a script sends more messages than the stage admits, some are throttled. A moment later ten people send messages at once, and everyone gets all of them.',
  async observe(subject) {
    const room = openRoom(subject);
    const since = Date.now();
    try {
      const [flooded, sender] = await Promise.all([floodAndSpeak(subject, room), observeSender(subject, room)]);
      const { missed, told, since: began = since } = flooded.chorus;
      const isFailure = missed > 0 && isCrash(told);
      return {
        room,
        flooded,
        log: isFailure ? await observePrinted(subject, room, since) : [],
        sender: sender?.logicalId,
        ...(isFailure ? await observeSpeakingCapacity(subject, room, { times: PEOPLE.length, since: began }) : {}),
      };
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      const { status: refused, conversation } = error;
      return { room, refused, ...(await observeDoor(subject, room, { refused, since, conversation })) };
    }
  },
  judge(observation) {
    const atDoor = judgeDoor(observation);
    if (atDoor !== undefined) return atDoor;
    const { room, flooded, sender, log = [] } = observation;
    const { flood, chorus } = flooded ?? { chorus: { missed: 0 } };
    const at = room.stage ?? room.api;
    const evidence: Evidence[] = [{ source: 'conversation', about: room.address, lines: linesOf(flooded) }, ...log];
    if (flood !== undefined && flood.answered > flood.allowed) {
      const actual = `A script sent ${flood.sent} messages at once, and the room answered ${flood.answered}. The limits allow only ${flood.allowed} in that time.`;
      return { outcome: 'failed', actual, evidence, at };
    }
    if (chorus.isLate === true) {
      const reason = `The room was too slow: ${chorus.missed} of 100 copies of messages arrived after ten seconds or more.`;
      return { outcome: 'inconclusive', reason, next: 'Run the command again.' };
    }
    if (chorus.missed > 0) {
      const why = chorus.told === undefined ? '' : ` Somebody got: ${chorus.told}`;
      const actual = `Ten people sent messages at once, and ${chorus.missed} of the 100 copies didn't arrive.${why}`;
      // The stage's own answer names the throttle; anything else comes from behind it.
      const hasFailed = log.some(({ lines }) => lines.some(isError));
      return {
        outcome: 'failed',
        actual,
        evidence,
        at: isThrottled(chorus.told) ? at : (sender ?? at),
        ...(hasFailed ? { finding: findings.functionFails, place: thrownAt(log) } : {}),
      };
    }
    return {
      outcome: 'passed',
      actual: `${becameOf(flood)}Ten people sent messages at once, and everyone got all of them.`,
      evidence,
      at,
    };
  },
  hints: [
    "The stage has limits, but the room doesn't behave accordingly.",
    "Look at the counts of `npx lab check 07`. Were too many messages answered, or did people's messages get lost?",
    "The throttle of a stage works before any function runs. If messages get lost although the stage admits them, something behind it also limits them: code in the handler, or the function's reserved concurrency.",
    '`npx lab diff 07` shows what you changed. Leave the functions unchanged, and let only the stage decide:',
  ],
  findings: [findings.functionFails],
  docs: docs(
    '07-open-floodgates',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-protect.html',
  ),
});

/** Returns whether a log line reports an invocation that failed. A function can also print lines of its own. */
function isError(line: string): boolean {
  return errorIn(line) !== undefined || /\tInvoke Error\s|\bTask timed out\b/.test(line);
}

/** Returns what became of a flood, in a sentence, and a space; empty if there was none. */
function becameOf(flood: Flood | undefined): string {
  if (flood === undefined) return '';
  // A busy machine can be too slow for a flood.
  if (showsNothing(flood)) {
    return `A script sent ${flood.sent} messages at once, which took so long that the limits allow ${flood.allowed}, so the flood shows nothing. `;
  }
  const { sent, answered, throttled, isClosed = false } = flood;
  const closed = isClosed ? " The script's connection was closed." : '';
  return answered + throttled === 0
    ? `A script sent ${sent} messages at once. None of them was answered, so the flood shows nothing.${closed} `
    : `Of ${sent} messages at once, the room answered ${answered}, and ${throttled} came back as throttled.${closed} `;
}

function linesOf({ flood, chorus }: Flooded = { chorus: { missed: 0 } }): string[] {
  return [
    ...(flood === undefined
      ? []
      : [
          `a script: ${flood.sent} messages sent, ${flood.answered} answered by the room, ${flood.allowed} allowed, ${flood.throttled} reported as throttled`,
        ]),
    `ten people at once: ${100 - chorus.missed} of 100 copies arrived`,
    ...(chorus.told === undefined ? [] : [`told: ${chorus.told}`]),
  ];
}
