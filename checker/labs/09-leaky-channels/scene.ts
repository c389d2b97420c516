import type { Scene } from '../../checking/scene.ts';
import { says } from '../../probe/frames.ts';
import { untilIndexed } from '../../probe/indexes.ts';
import { visit } from '../../probe/visit.ts';
import { twoChannels } from '../../sign-in/two-channels.ts';

const TEXT = 'The sequel slips to March. Please keep it in this channel.';

/** Somebody sends a message in one channel, and somebody in another one listens. */
export const salesListens: Scene = {
  title: 'The release team talks in its channel. Sales is in another one.',
  async play({ subject, room, tell, overhear, untilSeen }) {
    const { names, ticket } = await subject.once(twoChannels);
    await visit(
      subject,
      room.address,
      async ({ join }) => {
        const ada = await join('Ada', await ticket('Ada'));
        const linus = await join('Linus', await ticket('Linus'));
        const grace = await join('Grace', await ticket('Grace'));
        tell(
          `Ada and Linus are in the channel "${names[0]}". Grace, from sales, is in another one, "${names[1]}". Both names are made up.`,
        );
        await untilIndexed(
          subject,
          [ada, linus, grace].map(({ name }) => name),
        );
        ada.say({ action: 'sendmessage', text: TEXT });
        const [colleague, sales] = await Promise.all([linus.hears(says(TEXT)), grace.hears(says(TEXT), 3_000)]);
        if (sales !== undefined) tell("Grace reads Ada's message. Nobody invited her, and she did nothing to get it.");
        else if (colleague !== undefined) tell("Linus reads Ada's message. Grace gets nothing.");
        else tell("Nobody gets Ada's message, not even Linus.");
        await untilSeen();
      },
      overhear,
    );
  },
};
