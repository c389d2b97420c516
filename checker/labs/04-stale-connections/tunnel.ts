import { randomInt } from 'node:crypto';
import type { Subject } from '../../checking/check.ts';
import { type AmongGhosts, type Living, speakAmongGhosts } from '../../probe/among-ghosts.ts';
import { aged, findRows, idOf, type RoomTable, renamed, startGhosts, untilDeleted } from '../../probe/ghosts.ts';
import { makeOld, type Row } from '../../probe/rows.ts';
import { joinAll, type Participant } from '../../probe/speak.ts';
import { visit } from '../../probe/visit.ts';
import { tickets } from '../../sign-in/tickets.ts';

const people = ['Ada', 'Grace', 'Linus', 'Margaret', 'Edsger'];

/** A row of the room's table. */
export interface SeenRow {
  readonly id: string;
  /** Who is connected by it; left out if the connection is gone. */
  readonly of?: string;
  /** Whether it was there at the end. */
  readonly isLeft: boolean;
}

/** What happened in a room in which some connections ended without `$disconnect`. */
export interface Tunnel {
  /** The status of the handshake, if somebody was not admitted. */
  readonly refused?: number;
  /** Those who are connected and have no row. */
  readonly rowless?: readonly string[];
  readonly spoken?: AmongGhosts;
  /** The rows in the order of a scan, and their table. */
  readonly rows?: readonly SeenRow[];
  readonly table?: string;
  readonly conversation: readonly string[];
}

/**
 * Five people connect. In the order of a scan, the connections of the first, the third and the last end, and their rows
 * stay; the other two talk. So a handler meets a row that is gone before, between and after those of people who are there.
 */
export async function throughTheTunnel(subject: Subject, address: string): Promise<Tunnel> {
  const getTicket = await tickets(subject);
  return visit(subject, address, async (inside): Promise<Tunnel> => {
    const { conversation } = inside;
    const joined = await joinAll(inside, people, getTicket);
    if ('refused' in joined) return { refused: joined.refused, conversation };
    const all = Object.values(joined.people);
    const byName = (name: string) => all.find(({ person }) => person.name === name);
    const found = await findRows(
      subject,
      all.map(({ person }) => person.name),
    );
    if ('missing' in found) {
      return { rowless: found.missing.map((name) => byName(name)?.label ?? name), conversation };
    }
    const { table, rows } = found;
    const placed = rows.flatMap(({ visitor, row }) => {
      const participant = byName(visitor);
      return participant === undefined ? [] : [{ ...participant, row }];
    });
    const [one, other] = placed.filter((_, index) => index % 2 === 1);
    if (one === undefined || other === undefined) throw new Error('Two of the people have no row.');
    const living = randomInt(2) === 0 ? ([one, other] as const) : ([other, one] as const);
    const gone = placed.filter((each) => each !== one && each !== other);
    const ghosts = await goAway(subject, table, gone, living);
    try {
      const spoken = await speakAmongGhosts(subject, { table, living: [...living], ghosts: ghosts.rows });
      return { spoken, rows: seenRows(placed, living, spoken, table), table: table.name, conversation };
    } finally {
      await ghosts.remove();
    }
  });
}

/**
 * Lets people leave, waits until `$disconnect` has deleted their rows, and puts them back as those of connections that
 * began long ago. People come back after a tunnel, so a ghost can have the name of somebody who is there.
 */
async function goAway(
  subject: Subject,
  table: RoomTable,
  gone: readonly Living[],
  living: readonly [Participant, Participant],
): Promise<{ rows: Row[]; remove(): Promise<void> }> {
  await Promise.all(gone.map(({ person }) => person.leave()));
  await untilDeleted(
    subject,
    table,
    gone.map(({ row }) => row),
  );
  await makeOld(subject, living[1].person.name);
  const rows = gone.map(({ row, person }, index) =>
    aged(renamed(row, person.name, living[index]?.person.name ?? person.name), table),
  );
  const ghosts = await startGhosts(subject, table);
  await ghosts.add(rows);
  return { rows, remove: () => ghosts.remove() };
}

function seenRows(
  placed: readonly Living[],
  living: readonly Living[],
  { left, lost }: AmongGhosts,
  table: RoomTable,
): SeenRow[] {
  const stay = new Set(left.map((row) => idOf(row, table)));
  return placed.map((each) => {
    const id = idOf(each.row, table);
    return living.includes(each)
      ? { id, of: each.label, isLeft: !lost.includes(each.label) }
      : { id, isLeft: stay.has(id) };
  });
}
