import type { Room, Subject } from '../../checking/check.ts';
import { forAMoment } from '../../checking/run.ts';
import { says } from '../../probe/frames.ts';
import { rowsIn, tablesOf } from '../../probe/rows.ts';
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
    const said: Array<readonly string[]> = [];
    for (const ticket of tickets) {
      const ada = await join('Ada', await ticket());
      const texts = Array.from({ length: messages }, (_, index) => (index === 0 ? saying() : longSaying()));
      for (const text of texts) {
        ada.say({ action: 'sendmessage', text });
        await ada.hears(says(text));
      }
      said.push(texts);
    }
    const deadline = Date.now() + WRITES_WITHIN[subject.target.kind];
    for (;;) {
      const found = await tablesWith(subject, said);
      await forAMoment(pause, subject.signal);
      // A second table can be written to a moment later.
      const areAllThere = found.every(({ isWhole }) => isWhole);
      if (!areAllThere && Date.now() < deadline) continue;
      const last = await tablesWith(subject, said);
      return tickets.map((ticket, index) => ({ ticket, texts: said[index] ?? [], tables: last[index]?.tables ?? [] }));
    }
  });
}

/** Returns a long text: a room can store those somewhere else. */
function longSaying(): string {
  return Array.from({ length: LONG }, () => saying()).join(' ');
}

async function tablesWith(
  subject: Subject,
  said: ReadonlyArray<readonly string[]>,
): Promise<Array<{ readonly tables: string[]; readonly isWhole: boolean }>> {
  const stored = await Promise.all(
    tablesOf(subject).map(async (table) => ({ table, all: (await rowsIn(subject, table)).flatMap(textsIn) })),
  );
  return said.map((texts) => {
    const having = texts.map((text) =>
      stored.flatMap(({ table, all }) => (all.some((each) => each.includes(text)) ? table : [])),
    );
    const withAll = having.reduce((all, tables) => all.filter((table) => tables.includes(table)));
    const isWhole = withAll.length > 0;
    return { tables: isWhole ? withAll : [...new Set(having.flat())], isWhole };
  });
}
