import type { Room, Subject } from '../../checking/check.ts';
import { forAMoment } from '../../checking/run.ts';
import { says } from '../../probe/frames.ts';
import { rowsIn, tablesOf, textsIn } from '../../probe/rows.ts';
import { saying } from '../../probe/sayings.ts';
import { visit } from '../../probe/visit.ts';
import { tickets } from '../../sign-in/tickets.ts';

/** How long a room has to store a message after delivering it, in milliseconds. */
const WRITES_WITHIN = { practice: 3_000, aws: 15_000 } as const;

/** Between two looks at the tables, in milliseconds. */
const PAUSE = { practice: 50, aws: 1_000 } as const;

/** Sends a message, and returns the names of the stack's tables that store it. */
export async function whereMessagesAre(subject: Subject, room: Room): Promise<string[]> {
  const ticketOf = await tickets(subject);
  return visit(subject, room.address, async ({ join }) => {
    const ada = await join('Ada', await ticketOf('Ada'));
    const text = saying();
    ada.say({ action: 'sendmessage', text });
    await ada.hears(says(text));
    const deadline = Date.now() + WRITES_WITHIN[subject.target.kind];
    for (;;) {
      const found = await tablesWith(subject, text);
      if (found.length === 0 && Date.now() < deadline) await forAMoment(PAUSE[subject.target.kind], subject.signal);
      else {
        // A second table can be written to a moment later.
        await ada.listens(PAUSE[subject.target.kind]);
        return tablesWith(subject, text);
      }
    }
  });
}

async function tablesWith(subject: Subject, text: string): Promise<string[]> {
  const tables = await Promise.all(
    tablesOf(subject).map(async (table) =>
      (await rowsIn(subject, table)).some((row) => textsIn(row).some((each) => each.includes(text))) ? table : [],
    ),
  );
  return tables.flat();
}
