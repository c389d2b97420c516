import type { Scene } from '../../checking/scene.ts';
import { answers, says } from '../../probe/frames.ts';
import { RefusedError } from '../../probe/handshake.ts';
import { saying } from '../../probe/sayings.ts';
import { visit } from '../../probe/visit.ts';
import { tickets } from '../../sign-in/tickets.ts';

/** Somebody who never signed in listens to people who did. */
export const strangerListens: Scene = {
  title: 'Mallory connects without signing in, and listens.',
  async play({ subject, room, tell, overhear, untilSeen }) {
    const ticketOf = await tickets(subject);
    await visit(
      subject,
      room.address,
      async ({ join }) => {
        const ada = await join('Ada', await ticketOf('Ada'));
        const mallory = await join('Mallory').catch((error: unknown) => {
          if (!(error instanceof RefusedError)) throw error;
          tell(`Mallory has no token and was rejected at the handshake (${error.status}).`);
        });
        if (mallory === undefined) return;
        const text = saying();
        ada.say({ action: 'sendmessage', text });
        const [, heard] = await Promise.all([ada.hears(answers(text)), mallory.hears(says(text))]);
        tell(heard === undefined ? 'Mallory is in the room.' : 'Mallory is in the room and reads what Ada wrote.');
        await untilSeen();
      },
      overhear,
    );
  },
};
