import type { Room, Subject } from '../../checking/check.ts';
import { forAMoment } from '../../checking/run.ts';
import { says } from '../../probe/frames.ts';
import { type Row, rowsIn, tablesOf } from '../../probe/rows.ts';
import { saying } from '../../probe/sayings.ts';
import { textsIn } from '../../probe/texts.ts';
import { type Ticket, visit } from '../../probe/visit.ts';

/** How long a room has to store a message after delivering it, in milliseconds. */
export const WRITES_WITHIN = { practice: 3_000, aws: 15_000 } as const;

/** How many messages are sent in each channel. */
const MESSAGES = 3;

/** How many texts a long one consists of: together, less than a message can have. */
const LONG = 30;

/** Between two looks at the tables, in milliseconds. */
export const PAUSE = { practice: 50, aws: 1_000 } as const;

/** What somebody said. */
export interface Said {
  /** Returns a ticket for the channel it was said in. */
  readonly ticket: () => Promise<Ticket>;
  readonly texts: readonly string[];
  /** The names of the stack's tables that store it. */
  readonly tables: readonly string[];
  /** The names of the tables that say who said it, if those with the texts don't. */
  readonly authors: readonly string[];
}

/**
 * Sends messages with each of these tickets, and returns where the stack's tables store them, in the same order: a room
 * can have a table of its own for some channels. If a table has all of them, one that has only some is no
 * history: a room can keep the last message of each channel elsewhere, too.
 */
export async function whereMessagesAre(
  subject: Subject,
  room: Room,
  tickets: ReadonlyArray<() => Promise<Ticket>>,
  messages: number = MESSAGES,
): Promise<Said[]> {
  const pause = PAUSE[subject.target.kind];
  return visit(subject, room.address, async ({ join }) => {
    const said: Array<Spoken> = [];
    for (const ticket of tickets) {
      const ada = await join('Ada', await ticket());
      const texts = Array.from({ length: messages }, (_, index) => (index === 0 ? saying() : longSaying()));
      for (const text of texts) {
        ada.say({ action: 'sendmessage', text });
        await ada.hears(says(text));
      }
      said.push({ texts, by: ada.name });
    }
    const deadline = Date.now() + WRITES_WITHIN[subject.target.kind];
    for (;;) {
      const found = await tablesWith(subject, said);
      await forAMoment(pause, subject.signal);
      // A second table can be written to a moment later.
      const areAllThere = found.every(({ isWhole }) => isWhole);
      if (!areAllThere && Date.now() < deadline) continue;
      const last = await tablesWith(subject, said);
      return tickets.map((ticket, index) => {
        const { tables = [], authors = [] } = last[index] ?? {};
        return { ticket, texts: said[index]?.texts ?? [], tables, authors };
      });
    }
  });
}

interface Spoken {
  readonly texts: readonly string[];
  /** The name of who said them. */
  readonly by: string;
}

/** Returns a long text: a room can store those somewhere else. */
function longSaying(): string {
  return Array.from({ length: LONG }, () => saying()).join(' ');
}

async function tablesWith(
  subject: Subject,
  said: readonly Spoken[],
): Promise<Array<{ readonly tables: string[]; readonly authors: string[]; readonly isWhole: boolean }>> {
  const stored = await Promise.all(
    tablesOf(subject).map(async (table) => {
      const rows = (await rowsIn(subject, table)).map((row) => ({ row, texts: textsIn(row) }));
      return { table, rows, all: rows.flatMap(({ texts }) => texts) };
    }),
  );
  return said.map(({ texts, by }) => {
    const having = texts.map((text) =>
      stored.flatMap(({ table, all }) => (all.some((each) => each.includes(text)) ? table : [])),
    );
    const withAll = having.reduce((all, tables) => all.filter((table) => tables.includes(table)));
    const isWhole = withAll.length > 0;
    const tables = isWhole ? withAll : [...new Set(having.flat())];
    const rows = stored.flatMap((each) => (tables.includes(each.table) ? each.rows : []));
    const others = stored.filter(({ table }) => !tables.includes(table));
    return { tables, authors: authorsOf({ texts, by }, rows, others), isWhole };
  });
}

interface StoredRow {
  readonly row: Row;
  readonly texts: readonly string[];
}

/**
 * Returns the tables that have a speaker's name, if the rows with what they said don't: in rows with the same id. A
 * channel isn't one: the row of a connection has it, too.
 */
export function authorsOf(
  { texts, by }: Spoken,
  rows: readonly StoredRow[],
  others: ReadonlyArray<{ readonly table: string; readonly rows: readonly StoredRow[] }>,
): string[] {
  const own = rows.filter((each) => texts.some((text) => each.texts.some((one) => one.includes(text))));
  if (own.some((each) => each.texts.some((one) => one.includes(by)))) return [];
  const isShared = (id: string) => own.length > 1 && own.every(({ row }) => valuesOf(row).includes(id));
  const ids = new Set(own.flatMap(({ row }) => valuesOf(row)).filter((id) => !isShared(id)));
  const isTheirs = ({ row, texts: all }: StoredRow) =>
    all.some((one) => one.includes(by)) && valuesOf(row).some((id) => ids.has(id));
  return others.flatMap(({ table, rows: some }) => (some.some(isTheirs) ? table : []));
}

function valuesOf(row: Row): string[] {
  return Object.values(row).flatMap(({ S }) => S ?? []);
}
