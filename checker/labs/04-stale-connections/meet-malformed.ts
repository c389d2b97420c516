import type { Room, Subject } from '../../checking/check.ts';
import { type Living, type Said, saidTo, speakTo } from '../../probe/among-ghosts.ts';
import { type Connected, joinWithRows } from '../../probe/connections.ts';
import { isTrouble } from '../../probe/frames.ts';
import {
  aged,
  copyWithId,
  type Ghosts,
  idOf,
  keyOf,
  keysPresent,
  LEAVES_WITHIN,
  type RoomTable,
  type StoredRow,
  startGhosts,
  untilDeleted,
} from '../../probe/ghosts.ts';
import { untilIndexed } from '../../probe/indexes.ts';
import { malformedId } from '../../probe/malformed-id.ts';
import type { Row } from '../../probe/rows.ts';
import { saying } from '../../probe/sayings.ts';
import { untilAllDeleted } from '../../probe/until-deleted.ts';
import { visit } from '../../probe/visit.ts';
import { tickets } from '../../sign-in/tickets.ts';

/** A message in a room whose table has a row with a malformed connection id. */
export interface Failing extends Said {
  /** The malformed id. */
  readonly id: string;
  /** Whose row it was copied from. */
  readonly copyOf: string;
  /** Set if the table also had the row of a stale connection. */
  readonly isAmongGone?: true;
  /** The error that the sender got, if any. */
  readonly told?: string;
  /** Whether the row with that id was still there at the end. */
  readonly isLeft: boolean;
  /** People who are in the room but whose rows are gone. */
  readonly lost: readonly string[];
}

/** The messages in such a room. */
export interface Met {
  /** The status of the handshake, if somebody was not admitted. */
  readonly refused?: number;
  /** People who are connected but have no row. */
  readonly rowless?: readonly string[];
  /** A table that keeps several people in one row. */
  readonly shared?: string;
  readonly table?: string;
  /** In order, until the first mistake; undefined if the rows have no connection ids that can be replaced. */
  readonly failing?: readonly Failing[];
  readonly conversation: readonly string[];
}

/** How many ids to try until the row isn't the last one of a scan. */
const TRIES = 6;

/** How long the error may come after the row is gone, in milliseconds. */
const SOON = { practice: 500, aws: 3_000 } as const;

/**
 * Three people are in a room with a row whose id no connection can have: first a long one, then a short one, along with
 * the row of a stale connection. Each time, somebody sends a message. Ends at the first mistake.
 */
export async function meetMalformed(subject: Subject, room: Room): Promise<Met> {
  const getTicket = await tickets(subject);
  return visit(subject, room.address, async (inside): Promise<Met> => {
    const { conversation } = inside;
    const joined = await joinWithRows(subject, inside, ['Ada', 'Grace', 'Linus', 'Margaret'], getTicket);
    if (!('people' in joined)) return { ...joined, conversation };
    const names = joined.people.map(({ person }) => person.name);
    const [first] = joined.people;
    if (first === undefined) throw new Error('Nobody is in the room.');
    const { table } = first.rows[0];
    // A room can report only the first error, so the stale row comes before the malformed one.
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
      for (const [speaker, size] of [[one, 'long'] as const, [other, 'short'] as const]) {
        const isAmongGone = size === 'short';
        const surroundings = { table, living, ghosts, ...(isAmongGone ? { stale } : {}) };
        const malformed = await addBeforeOthers(subject, surroundings, () => {
          const to = malformedId(size);
          const { name } = copied.person;
          const [row, ...more] = copied.rows.map((each) => ({
            ...each,
            row: copyWithId(each.row, each.table, { id: [id, to], name }),
          }));
          return { id: to, row: row?.row ?? {}, rows: row === undefined ? [] : [row, ...more] };
        });
        await untilIndexed(subject, names);
        const met = await meet(subject, { table, living, speaker, malformed: malformed.row });
        failing.push({ ...met, id: malformed.id, copyOf: copied.label, ...(isAmongGone ? { isAmongGone } : {}) });
        if (met.told === undefined || !met.isLeft || met.lost.length > 0 || isTwice(met)) break;
        await ghosts.remove();
      }
    } finally {
      await ghosts.remove();
    }
    return { table: table.name, failing, conversation };
  });
}

/** A function that throws may leave posts to others undone: the sender knows. */
function isTwice({ heard }: Said): boolean {
  return Object.values(heard).some((times) => times > 1);
}

/** Returns whether a row also has an id where it can't be replaced: in binary. A room could post to that one. */
function hasBytesOf(id: string, row: Row): boolean {
  const isIn = (bytes: Uint8Array) => Buffer.from(bytes).includes(id);
  return Object.values(row).some(({ B, BS = [] }) => [...(B === undefined ? [] : [B]), ...BS].some(isIn));
}

interface Malformed {
  readonly id: string;
  readonly row: Row;
  /** This row, and the others of the same connection. */
  readonly rows: readonly StoredRow[];
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

interface Surroundings {
  readonly table: RoomTable;
  readonly living: readonly Living[];
  readonly ghosts: Ghosts;
  /** The rows of a stale connection, which are added, too. */
  readonly stale?: readonly StoredRow[];
}

/**
 * Adds a row so that a scan finds somebody's row after it, because a room that stops there shows, and the stale row
 * before it. After some tries, the row stays wherever it is.
 */
async function addBeforeOthers(
  subject: Subject,
  { table, living, ghosts, stale = [] }: Surroundings,
  make: () => Malformed,
): Promise<Malformed> {
  for (let tried = 1; ; tried += 1) {
    const malformed = make();
    await ghosts.add(stale);
    await ghosts.add(malformed.rows, malformed.id);
    const present = await keysPresent(subject, table);
    const placeOf = (row: Row) => present.indexOf(keyOf(row, table));
    const last = Math.max(...living.map(({ row }) => placeOf(row)));
    const [own, before] = [placeOf(malformed.row), stale[0] === undefined ? -1 : placeOf(stale[0].row)];
    if ((before < own && own < last) || tried === TRIES) return malformed;
    await ghosts.remove();
  }
}

interface Meeting {
  readonly table: RoomTable;
  readonly living: readonly Living[];
  readonly speaker: Living;
  readonly malformed: Row;
}

/** Sends a message, and waits until its sender got an error or a row is gone; only for a while once it has arrived. */
async function meet(
  subject: Subject,
  { table, living, speaker, malformed }: Meeting,
): Promise<Omit<Failing, 'id' | 'copyOf'>> {
  const text = saying();
  const { heard } = speaker.person;
  const before = heard.length;
  const told = () => heard.slice(before).find(isTrouble);
  const lostFrom = (present: ReadonlySet<string>) => living.filter(({ row }) => !present.has(keyOf(row, table)));
  await speakTo(subject, speaker, living, { text });
  const isOver = (present: ReadonlySet<string>) => told() !== undefined || lostFrom(present).length > 0;
  await untilDeleted(subject, table, [malformed], isOver);
  await speaker.person.hears(() => told() !== undefined, SOON[subject.target.kind]);
  // Read again: the error may have come after the last read.
  const present = new Set(await keysPresent(subject, table));
  const error = told()?.text;
  return {
    ...saidTo(speaker, living, text),
    told: error,
    isLeft: present.has(keyOf(malformed, table)),
    lost: lostFrom(present).map(({ label }) => label),
  };
}
