import type { Scene } from '../../checking/scene.ts';
import { says } from '../../probe/frames.ts';
import { removeRows, rowsIn } from '../../probe/rows.ts';
import { textsIn } from '../../probe/texts.ts';
import { visit } from '../../probe/visit.ts';
import { tickets } from '../../sign-in/tickets.ts';
import { observeTables } from './recoverable-tables.ts';
import { whereMessagesAre } from './where-messages-are.ts';

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
        ada.say({ action: 'sendmessage', text: TEXT });
        await ada.hears(says(TEXT));
        tell('Ada says something that matters. The room stores it.');
        await deleteOwn(subject, table, ada.name);
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
            : `DynamoDB can restore the table to any second of the last ${days} days.`,
        );
        await untilSeen();
      },
      overhear,
    );
  },
};

type Played = Parameters<Scene['play']>[0];

/** Deletes the messages of one of the scene's visitors. */
async function deleteOwn(subject: Played['subject'], table: string, name: string): Promise<void> {
  const rows = await rowsIn(subject, table);
  const own = rows.filter((row) => textsIn(row).includes(name));
  await removeRows(subject, table, own);
}
