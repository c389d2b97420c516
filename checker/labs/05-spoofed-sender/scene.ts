import type { Scene } from '../../checking/scene.ts';
import { answers, says } from '../../probe/frames.ts';
import { visit } from '../../probe/visit.ts';
import { tickets } from '../../sign-in/tickets.ts';

/** Ada sends a message with Grace's name in it. */
export const somebodyElsesName: Scene = {
  title: "Ada sends a message that has Grace's name in it.",
  async play({ subject, room, tell, overhear, untilSeen }) {
    const ticketOf = await tickets(subject);
    await visit(
      subject,
      room.address,
      async ({ join }) => {
        const ada = await join('Ada', await ticketOf('Ada'));
        const grace = await join('Grace', await ticketOf('Grace'));
        tell(`Ada signed in as ${ada.name}, Grace as ${grace.name}.`);
        const text = 'I quit. You will all hear from my lawyer.';
        ada.say({ action: 'sendmessage', text, from: grace.name, name: grace.name, sender: grace.name });
        const [answer, heard] = await Promise.all([ada.hears(answers(text)), grace.hears(says(text), 3_000)]);
        if (heard === undefined) {
          tell(answer === undefined ? 'The room sent it to nobody.' : 'The room rejected it.');
        } else if (heard.fields.from === grace.name) {
          tell('Everyone in the room reads it as a message from Grace. She never wrote it.');
        } else {
          tell(`Everyone in the room reads it as a message from ${String(heard.fields.from)}.`);
        }
        await untilSeen();
      },
      overhear,
    );
  },
};
