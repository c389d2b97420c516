import { randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { check, type Evidence, type Room, type Subject } from '../../checking/check.ts';
import { marked } from '../../observe/marked.ts';
import { openRoom } from '../../observe/room.ts';
import { isTrouble, says } from '../../probe/frames.ts';
import {
  aged,
  FORGETS_WITHIN,
  findRows,
  idOf,
  keyOf,
  keysPresent,
  type RoomTable,
  startGhosts,
  withId,
} from '../../probe/ghosts.ts';
import { joinAll } from '../../probe/join-all.ts';
import type { Person } from '../../probe/person.ts';
import type { Row } from '../../probe/rows.ts';
import { saying } from '../../probe/sayings.ts';
import { visit } from '../../probe/visit.ts';
import { tickets } from '../../sign-in/tickets.ts';
import { docs } from '../docs.ts';
import { type Door, judgeDoor, observeDoor } from '../door.ts';
import * as findings from './findings.ts';

export interface Observation extends Door {
  readonly room: Room;
  /** The status of the handshake, if Ada was not admitted. */
  readonly refused?: number;
  /** The malformed id, and its table; undefined if Ada has no row. */
  readonly id?: string;
  readonly table?: string;
  /** Whether the row with that id was still there at the end. */
  readonly isLeft?: boolean;
  /** The error that Ada got, if any. */
  readonly told?: string;
  readonly conversation: readonly string[];
}

export const otherErrorsAreReported = check<Observation>({
  id: 'other-errors-are-reported',
  title: 'Only 410 means gone: other errors are reported',
  needs: ['gone-connections-are-removed'],
  expected:
    'The table has a row whose connection id is malformed: API Gateway answers 400 Bad Request. Ada sends a message and gets an error; the row stays.',
  async observe(subject) {
    const room = openRoom(subject);
    const since = Date.now();
    const seen = await meetMalformed(subject, room);
    return { ...seen, ...(await observeDoor(subject, room, { ...seen, since })) };
  },
  judge(observation) {
    const { room, id, table, isLeft = false, told, conversation } = observation;
    const evidence: Evidence[] = [
      marked({ source: 'conversation', about: room.address, lines: conversation }, (line) =>
        told === undefined ? false : line.endsWith(`Ada ← ${told}`),
      ),
      ...(id === undefined
        ? []
        : [{ source: 'Scan', about: table, lines: [`${id}  400 Bad Request  ${isLeft ? 'is there' : 'deleted'}`] }]),
    ];
    const at = { handler: 'send-message.ts', near: ['catch', 'allSettled', 'PostToConnectionCommand('] };
    const failed = (actual: string, more = {}) => ({ outcome: 'failed', actual, evidence, at, ...more }) as const;
    const atDoor = judgeDoor(observation, evidence);
    if (atDoor !== undefined) return atDoor;
    if (id === undefined) return failed('Ada connected, but no table of the stack has a row with her name.');
    if (!isLeft) {
      const error = told === undefined ? 'Ada got no error' : 'Ada got an error';
      return failed(
        `${error}, and the room deleted the row ${id}, though 400 doesn't mean that a connection is gone.`,
        {
          finding: findings.otherRowDeleted,
        },
      );
    }
    if (told === undefined) {
      return failed(`The post to ${id} fails with 400 Bad Request, but Ada got no error: the room hides the failure.`, {
        finding: findings.errorSwallowed,
      });
    }
    return { outcome: 'passed', actual: 'Ada got an error, and the row is still there.', evidence, at };
  },
  hints: [
    'A post fails for some other reason than a stale connection. The room must report that.',
    'Look at the catch in functions/send-message.ts: which errors does it handle, and what happens to the others?',
    'An error that the function throws reaches the sender as "Internal server error", and you in the log. An error that it catches reaches nobody, so it should only catch errors that it understands, and 410 is the only one here.',
    'How the solution posts a message, in functions/send-message.ts:',
  ],
  findings: [findings.errorSwallowed, findings.otherRowDeleted],
  docs: docs(
    '04-stale-connections',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html',
  ),
});

type Seen = Omit<Observation, keyof Door>;

/** Ada sends a message in a room with a row whose id no connection can have. */
async function meetMalformed(subject: Subject, room: Room): Promise<Seen> {
  const getTicket = await tickets(subject);
  return visit(subject, room.address, async (inside): Promise<Seen> => {
    const { conversation } = inside;
    const joined = await joinAll(inside, ['Ada'], getTicket);
    if ('refused' in joined) return { room, refused: joined.refused, conversation };
    const [ada] = Object.values(joined.people);
    const found = ada === undefined ? { missing: [] } : await findRows(subject, [ada.person.name]);
    if (ada === undefined || 'missing' in found) return { room, conversation };
    const { table, rows } = found;
    const row = rows[0]?.row ?? {};
    const malformed = aged(withId(row, idOf(row, table).slice(0, randomInt(5, 9)), table), table);
    const ghosts = await startGhosts(subject, table);
    await ghosts.add([malformed]);
    try {
      const { isLeft, told } = await speak(subject, ada.person, table, malformed);
      const id = idOf(malformed, table);
      return { room, id, table: table.name, isLeft, ...(told === undefined ? {} : { told }), conversation };
    } finally {
      await ghosts.remove();
    }
  });
}

/** Sends a message and waits until an error comes or the row is gone; only for a while once the message has arrived. */
async function speak(
  subject: Subject,
  ada: Person,
  table: RoomTable,
  row: Row,
): Promise<{ isLeft: boolean; told?: string }> {
  const text = saying();
  ada.say({ action: 'sendmessage', text });
  const isLeft = async () => (await keysPresent(subject, table)).includes(keyOf(row, table));
  await ada.hears((frame) => isTrouble(frame) || says(text)(frame));
  const deadline = performance.now() + FORGETS_WITHIN[subject.target.kind];
  for (let pause = 10; ; pause = Math.min(pause * 2, 250)) {
    const told = ada.heard.find(isTrouble)?.text;
    const isThere = await isLeft();
    if (told !== undefined || !isThere || performance.now() >= deadline) {
      return { isLeft: isThere, ...(told === undefined ? {} : { told }) };
    }
    await wait(pause, undefined, { signal: subject.signal });
  }
}
