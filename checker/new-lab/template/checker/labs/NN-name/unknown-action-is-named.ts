import { check, type Room } from '../../checking/check.ts';
import { openRoom } from '../../observe/room.ts';
import type { Throttle } from '../../observe/routes.ts';
import { joinBoth } from '../../probe/join-all.ts';
import { unheardOfAction } from '../../probe/sayings.ts';
import { visit } from '../../probe/visit.ts';
import { docs } from '../docs.ts';
import { observeThrottle, turnedAway } from '../turned-away.ts';

export interface Observation {
  readonly room: Room;
  /** The action that Ada sent. */
  readonly action: string;
  /** The status of the handshake, if somebody was rejected. */
  readonly refused?: number;
  /** How many connections the stage admits, if somebody was throttled. */
  readonly throttle?: Throttle;
  /** The room's answer; undefined if none came. */
  readonly answer?: string;
  readonly conversation: readonly string[];
}

export const unknownActionIsNamed = check<Observation>({
  id: 'unknown-action-is-named',
  title: 'The answer names the unknown action',
  needs: ['room-is-deployed'],
  expected: 'Ada sends an unknown action. The answer names that action.',
  async observe(subject) {
    const room = openRoom(subject);
    const action = unheardOfAction();
    const seen = await visit(subject, room.address, async (inside): Promise<Observation> => {
      const { conversation } = inside;
      const people = await joinBoth(inside);
      if ('refused' in people) return { room, action, refused: people.refused, conversation };
      people.ada.say({ action });
      const frame = await people.ada.hears(() => true);
      return { room, action, answer: frame?.text, conversation };
    });
    return { ...seen, ...(await observeThrottle(subject, room, seen.refused)) };
  },
  judge({ room, action, refused, throttle, answer, conversation }) {
    const evidence = [{ source: 'conversation', about: room.address, lines: conversation }];
    const at = { handler: 'default.ts', near: ['I do not know'] };
    const failed = (actual: string) => ({ outcome: 'failed', actual, evidence, at }) as const;
    const away = turnedAway(refused, room, throttle);
    if (away !== undefined) return away;
    if (refused !== undefined) return failed(`Nobody could connect: the handshake was answered with ${refused}.`);
    if (answer === undefined) return failed('Ada got no answer.');
    if (!answer.includes(action)) return failed(`Ada sent the action "${action}". The answer was: ${answer}`);
    return { outcome: 'passed', actual: 'The answer named the action.', evidence, at };
  },
  hints: [
    'You make a typo, and the room answers. Read the answer again: does it help you find the typo?',
    'Messages that match no route go to `$default`. Which file does `stack.ts` deploy for that route?',
    "A handler gets the message as a string in its event's body. `readMessage` parses it, and the action is one of its fields.",
    'Put the action in the answer, in functions/default.ts:',
  ],
  docs: docs(
    'NN-name',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-routes.html',
  ),
});
