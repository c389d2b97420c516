import type { Room, Subject } from '../../checking/check.ts';
import { forAMoment } from '../../checking/run.ts';
import { says } from '../../probe/frames.ts';
import { longSaying } from '../../probe/long-saying.ts';
import type { Person } from '../../probe/person.ts';
import { rowsIn, tablesOf } from '../../probe/rows.ts';
import { saying } from '../../probe/sayings.ts';
import { textsIn } from '../../probe/texts.ts';
import { type Ticket, visit } from '../../probe/visit.ts';
import { authorsOf } from './authors.ts';

/** How long a room has to store a message after delivering it, in milliseconds. */
export const WRITES_WITHIN = { practice: 3_000, aws: 15_000 } as const;

/** How many messages are sent in each channel. */
const MESSAGES = 3;

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
      said.push({ texts, speaker: ada });
    }
    const deadline = Date.now() + WRITES_WITHIN[subject.target.kind];
    for (;;) {
      const stored = await tablesWith(subject, said);
      await forAMoment(pause, subject.signal);
      // A second table can be written to a moment later.
      const areAllThere = stored.every(({ isWhole }) => isWhole);
      if (!areAllThere && Date.now() < deadline) continue;
      const found: Said[] = [];
      for (const [index, { tables, isNamed }] of (await tablesWith(subject, said)).entries()) {
        const [ticket, spoken] = [tickets[index], said[index]];
        if (ticket === undefined || spoken === undefined) continue;
        const others = tablesOf(subject).filter((table) => !tables.includes(table));
        const authors = isNamed || tables.length === 0 ? [] : await authorsOf(subject, spoken, others);
        found.push({ ticket, texts: spoken.texts, tables, authors });
      }
      return found;
    }
  });
}

interface Spoken {
  readonly texts: readonly string[];
  readonly speaker: Person;
}

async function tablesWith(
  subject: Subject,
  said: readonly Spoken[],
): Promise<Array<{ readonly tables: string[]; readonly isWhole: boolean; readonly isNamed: boolean }>> {
  const stored = await Promise.all(
    tablesOf(subject).map(async (table) => {
      const rows = (await rowsIn(subject, table)).map(textsIn);
      return { table, rows, all: rows.flat() };
    }),
  );
  return said.map(({ texts, speaker }) => {
    const having = texts.map((text) =>
      stored.flatMap(({ table, all }) => (all.some((each) => each.includes(text)) ? table : [])),
    );
    const withAll = having.reduce((all, tables) => all.filter((table) => tables.includes(table)));
    const isWhole = withAll.length > 0;
    const tables = isWhole ? withAll : [...new Set(having.flat())];
    const own = stored
      .flatMap((each) => (tables.includes(each.table) ? each.rows : []))
      .filter((row) => has(row, texts));
    return { tables, isWhole, isNamed: own.some((row) => has(row, [speaker.name])) };
  });
}

function has(row: readonly string[], texts: readonly string[]): boolean {
  return row.some((one) => texts.some((text) => one.includes(text)));
}
