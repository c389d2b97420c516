import { check, type Evidence, type Room } from '../../checking/check.ts';
import { openRoom } from '../../observe/room.ts';
import { RefusedError } from '../../probe/person.ts';
import { docs } from '../docs.ts';
import { type Door, judgeDoor, observeDoor } from '../door.ts';
import { type Flooded, floodAndSpeak } from './flood.ts';

export interface Observation extends Door {
  readonly room: Room;
  readonly flooded?: Flooded;
  /** The status of the handshake, if somebody was refused. */
  readonly refused?: number;
}

export const floodIsCutOff = check<Observation>({
  id: 'flood-is-cut-off',
  title: 'A flood is cut off, and people are heard',
  needs: ['every-route-is-throttled', 'stranger-is-refused'],
  expected:
    'Of more messages than the stage takes at once, some are turned away. A moment later ten people speak at once, and everyone hears all of them.',
  async observe(subject) {
    const room = openRoom(subject);
    const since = Date.now();
    try {
      return { room, flooded: await floodAndSpeak(subject, room) };
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      const { status: refused, conversation } = error;
      return { room, refused, ...(await observeDoor(subject, room, { refused, since, conversation })) };
    }
  },
  judge(observation) {
    const atDoor = judgeDoor(observation);
    if (atDoor !== undefined) return atDoor;
    const { room, flooded } = observation;
    const { flood, chorus } = flooded ?? { chorus: { missed: 0 } };
    const at = room.stage ?? room.api;
    const evidence: Evidence[] = [{ source: 'conversation', about: room.address, lines: linesOf(flooded) }];
    // On a busy machine a flood may be so slow that all of it is within the limits, which decides nothing.
    if (flood !== undefined && flood.answered > flood.allowed) {
      const actual = `A script sent ${flood.sent} messages at once, and the room answered ${flood.answered}. The limits allow ${flood.allowed} in that time.`;
      return { outcome: 'failed', actual, evidence, at };
    }
    if (chorus.missed > 0) {
      const why = chorus.told === undefined ? '' : ` Somebody was told: ${chorus.told}`;
      const actual = `Ten people spoke at once, and ${chorus.missed} of the 100 copies of their messages did not arrive.${why}`;
      return { outcome: 'failed', actual, evidence, at };
    }
    const cut =
      flood === undefined || flood.answered === flood.sent
        ? ''
        : `Of ${flood.sent} messages at once, ${flood.sent - flood.answered} were turned away. `;
    return {
      outcome: 'passed',
      actual: `${cut}Ten people spoke at once, and everyone heard all of them.`,
      evidence,
      at,
    };
  },
  hints: [
    'The stage has limits, and the room does not behave as they say.',
    'Read what `npx lab check 07` counted. Were too many messages answered, or were people not heard?',
    'The throttle of a stage works before any function runs. If people miss messages although the stage has room for them, something behind it counts too: a limit in the handler, or a function that only a few may run at a time.',
    '`npx lab diff 07` shows what you changed. Leave the functions as they were shipped, and let the stage alone decide:',
  ],
  docs: docs(
    '07-open-floodgates',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-protect.html',
  ),
});

function linesOf({ flood, chorus }: Flooded = { chorus: { missed: 0 } }): string[] {
  return [
    ...(flood === undefined
      ? []
      : [`a script: ${flood.sent} messages sent, ${flood.answered} answered by the room, ${flood.allowed} allowed`]),
    `ten people at once: ${100 - chorus.missed} of 100 copies arrived`,
    ...(chorus.told === undefined ? [] : [`told: ${chorus.told}`]),
  ];
}
