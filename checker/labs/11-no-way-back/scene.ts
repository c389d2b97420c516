import { forAMoment } from '../../checking/run.ts';
import type { Scene } from '../../checking/scene.ts';
import { says } from '../../probe/frames.ts';
import { type Row, removeRows, rowsIn } from '../../probe/rows.ts';
import { textsIn } from '../../probe/texts.ts';
import { visit } from '../../probe/visit.ts';
import { tickets } from '../../sign-in/tickets.ts';
import { sinceEnabled } from './history-can-be-restored.ts';
import { observeTables } from './recoverable-tables.ts';
import { PAUSE, WRITES_WITHIN, whereMessagesAre } from './where-messages-are.ts';

const TEXT = 'We decided: the dragon stays in. Keep this somewhere.';

/** Deletes a message from the table, as anyone with access can. Then somebody asks for the history. */
export const deletedOnFriday: Scene = {
  title: 'Somebody deletes a message from the table, and somebody else asks for the history.',
  async play({ subject, room, tell, overhear, untilSeen }) {
    const ticketOf = await tickets(subject);
    const [said] = await whereMessagesAre(subject, room, [() => ticketOf('Ada')], 1);
    const table = said?.tables[0] ?? '';
    await visit(
      subject,
      room.address,
      async ({ join }) => {
        const ada = await join('Ada', await ticketOf('Ada'));
        const before = await rowsOf(subject, table, ada.name);
        ada.say({ action: 'sendmessage', text: TEXT });
        await ada.hears(says(TEXT));
        const stored = await storedSince(before, subject, table, ada.name);
        if (stored === undefined) {
          tell("Ada says something that matters. The room doesn't store it.");
          return untilSeen();
        }
        tell('Ada says something that matters. The room stores it.');
        await removeRows(subject, table, stored);
        tell('Somebody deletes it from the table.');
        const grace = await join('Grace', await ticketOf('Grace'));
        grace.say({ action: 'history' });
        const found = await grace.hears(says(TEXT), 2_000);
        tell(
          found === undefined ? 'Grace asks for the history. It is gone.' : 'Grace asks for the history and gets it.',
        );
        const days = (await observeTables(subject)).find(({ name }) => name === table)?.days;
        tell(
          days === undefined
            ? 'DynamoDB kept no earlier state of the table. There is no way back.'
            : `DynamoDB can restore the table to any second ${sinceEnabled(days)}.`,
        );
        await untilSeen();
      },
      overhear,
    );
  },
};

type Played = Parameters<Scene['play']>[0];

/** Returns a person's rows once there are others than before: a room can store a message after delivering it. */
async function storedSince(
  before: readonly Row[],
  subject: Played['subject'],
  table: string,
  name: string,
): Promise<Row[] | undefined> {
  const deadline = Date.now() + WRITES_WITHIN[subject.target.kind];
  for (;;) {
    const rows = await rowsOf(subject, table, name);
    if (rows.length > 0 && JSON.stringify(rows) !== JSON.stringify(before)) return rows;
    if (Date.now() > deadline) return undefined;
    await forAMoment(PAUSE[subject.target.kind], subject.signal);
  }
}

async function rowsOf(subject: Played['subject'], table: string, name: string): Promise<Row[]> {
  if (table === '') return [];
  return (await rowsIn(subject, table)).filter((row) => textsIn(row).includes(name));
}
