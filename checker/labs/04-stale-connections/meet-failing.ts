import type { FailingCall } from '../../aws/target.ts';
import type { Room, Subject } from '../../checking/check.ts';
import type { Living } from '../../probe/among-ghosts.ts';
import { type Connected, joinWithRows } from '../../probe/connections.ts';
import { canFail, failuresOf } from '../../probe/failing-calls.ts';
import { startGhosts } from '../../probe/ghosts.ts';
import { untilIndexed } from '../../probe/indexes.ts';
import { malformedId, unusedId } from '../../probe/made-up-ids.ts';
import { keyOf, keysPresent, type RoomTable } from '../../probe/room-tables.ts';
import { aged, copyWithId, hasBytesOf, idOf } from '../../probe/row-copies.ts';
import { LEAVES_WITHIN, untilAllDeleted } from '../../probe/until-deleted.ts';
import { visit } from '../../probe/visit.ts';
import { tickets } from '../../sign-in/tickets.ts';
import { addAmongMany, addBeforeOthers, type MadeUp, type Met, meet } from './meeting.ts';

/** A message in a room whose table has a row with an id whose posts fail. */
export interface Failing extends Met {
  /** The id. */
  readonly id: string;
  /** `400 Bad Request`. */
  readonly answer: string;
  /** Whose row it was copied from. */
  readonly copyOf: string;
  /** Set if the table also had the row of a stale connection. */
  readonly isAmongGone?: true;
  /** Set if the connection in that row began just now. */
  readonly isNew?: true;
  /** Set if a scan found it first or last of many rows, the others of stale connections. */
  readonly amongMany?: 'first' | 'last';
}

/** The messages in such a room. */
export interface FailingRoom {
  /** The status of the handshake, if somebody was not admitted. */
  readonly refused?: number;
  /** People who are connected but have no row. */
  readonly rowless?: readonly string[];
  /** A table that keeps several connections in one row. */
  readonly shared?: string;
  readonly table?: string;
  /** In order, until the first mistake; undefined if the rows have no connection ids that can be replaced. */
  readonly failing?: readonly Failing[];
  readonly conversation: readonly string[];
}

/** A kind of failure, in the order in which rooms meet them: those that the SDK tries again, and so take time, last. */
interface Trial {
  readonly answer: string;
  readonly id: () => string;
  readonly isAmongGone?: true;
  readonly isNew?: true;
  readonly amongMany?: 'first' | 'last';
  /** Whether others send messages, too, while the row is there; last the person whose other tab it seems to be. */
  readonly isForEach?: true;
  /** The error that the account must be asked for. */
  readonly error?: NonNullable<FailingCall['error']>;
}

const ON_REQUEST: ReadonlyArray<Pick<Trial, 'answer' | 'error'>> = [
  { answer: '403 Forbidden', error: 'ForbiddenException' },
  { answer: '413 Payload Too Large', error: 'PayloadTooLargeException' },
  { answer: '500 Internal Server Error', error: 'InternalServerErrorException' },
];

const TRIALS: readonly Trial[] = [
  { answer: '400 Bad Request', id: () => malformedId('long'), isForEach: true },
  { answer: '400 Bad Request', id: () => malformedId('short'), isAmongGone: true },
  { answer: '400 Bad Request', id: () => malformedId('short'), isNew: true },
  // Alone, because the error for one row would hide that the room reports none for the other.
  ...ON_REQUEST.flatMap((each): Trial[] => [
    { ...each, id: unusedId },
    { ...each, id: unusedId, isNew: true },
  ]),
  ...(['first', 'last'] as const).map(
    (amongMany): Trial => ({ answer: '403 Forbidden', error: 'ForbiddenException', id: unusedId, amongMany }),
  ),
  { answer: 'a network error (ECONNRESET)', error: 'ECONNRESET', id: unusedId },
  // The SDK waits long between its attempts: once is enough.
  { answer: '429 Too Many Requests', id: unusedId, error: 'LimitExceededException' },
];

/**
 * Three people are in a room with a row whose posts fail, each time for another reason. Somebody sends a message. The
 * id is one that no connection can have: first a long one, in three messages, then a short one, along with the row of a
 * stale connection, and a short one in a new row. Then, if the account can fail on request, it is like any other, in an
 * old row, in a new one, and among many. Ends at the first mistake.
 */
export async function meetFailing(subject: Subject, room: Room): Promise<FailingRoom> {
  const getTicket = await tickets(subject);
  return visit(subject, room.address, async (inside): Promise<FailingRoom> => {
    const { conversation } = inside;
    const joined = await joinWithRows(subject, inside, ['Ada', 'Grace', 'Linus', 'Margaret'], getTicket);
    if (!('people' in joined)) return { ...joined, conversation };
    const began = Date.now();
    const names = joined.people.map(({ person }) => person.name);
    const [first] = joined.people;
    if (first === undefined) throw new Error('Nobody is in the room.');
    const { table } = first.rows[0];
    // A room can report only the first error, so the stale row comes before the failing one.
    const [gone, ...living] = await inScanOrder(subject, table, joined.people);
    const [copied, one, other] = living;
    if (gone === undefined || copied === undefined || one === undefined || other === undefined)
      throw new Error('Somebody has no row.');
    const id = idOf(copied.row, table);
    if (id === undefined || copied.rows.some(({ row }) => hasBytesOf(id, row)))
      return { table: table.name, conversation };
    const ghosts = await startGhosts(subject);
    const failing: Failing[] = [];
    try {
      await gone.person.leave();
      await untilAllDeleted(subject, gone.rows, LEAVES_WITHIN[subject.target.kind]);
      const stale = gone.rows.map((each) => ({ ...each, row: aged(each.row, each.table) }));
      const trials = (await canFail(subject)) ? TRIALS : TRIALS.filter(({ error }) => error === undefined);
      for (const [index, { answer, error, isAmongGone, isNew, amongMany, isForEach, id: newId }] of trials.entries()) {
        const onRequest = error === undefined ? undefined : failuresOf(subject, error);
        const surroundings = { table, living, ghosts, ...(isAmongGone ? { stale } : {}) };
        const make = () => copyOf(copied, [id, newId()], isNew && began - Date.now());
        const madeUp = await (amongMany === undefined
          ? addBeforeOthers(subject, surroundings, make)
          : addAmongMany(subject, surroundings, amongMany, make));
        await onRequest?.begin(madeUp.id);
        await untilIndexed(subject, names);
        const met: Met[] = [];
        for (const speaker of isForEach ? [one, other, copied] : [index % 2 === 0 ? one : other]) {
          if (met.every(isRight)) met.push(await meet(subject, { table, living, speaker, madeUp: madeUp.row }));
        }
        await ghosts.remove();
        // A room that writes ids in another form has called another one.
        if ((await onRequest?.end()) === 0) continue;
        const about = { id: madeUp.id, answer, copyOf: copied.label, isAmongGone, isNew, amongMany };
        failing.push(...met.map((each) => ({ ...each, ...about })));
        if (!met.every(isRight)) break;
      }
    } finally {
      await ghosts.remove();
    }
    return { table: table.name, failing, conversation };
  });
}

/** Returns somebody's rows with another id, and times that are this much earlier, or an hour. */
function copyOf({ rows, person: { name } }: Connected, id: [from: string, to: string], age?: number): MadeUp {
  const copies = rows.map((each) => ({ ...each, row: copyWithId(each.row, each.table, { id, name, age }) }));
  return { id: id[1], row: copies[0]?.row ?? {}, rows: copies };
}

/** A function that throws may leave posts to others undone: the sender knows. */
function isRight({ told, isLeft, lost, instead, heard }: Met): boolean {
  const isTwice = Object.values(heard).some((times) => times > 1);
  return told !== undefined && isLeft && lost.length === 0 && instead === undefined && !isTwice;
}

/** Returns people in the order in which a scan finds their rows. */
async function inScanOrder(
  subject: Subject,
  table: RoomTable,
  people: readonly Connected[],
): Promise<Array<Living & Connected>> {
  const present = await keysPresent(subject, table);
  const placeOf = ({ row }: Living) => present.indexOf(keyOf(row, table));
  return people.map((each) => ({ ...each, row: each.rows[0].row })).sort((one, other) => placeOf(one) - placeOf(other));
}
