import type { Scene } from '../../checking/scene.ts';
import { saying } from '../../probe/sayings.ts';
import { visit } from '../../probe/visit.ts';
import { tickets } from '../../sign-in/tickets.ts';
import { countAnswers } from './flood.ts';

const MESSAGES = 300;

/** How long the answers to the script may pause before the flood counts as over, in milliseconds. */
const PAUSE = 1_500;

/** A script sends messages as fast as it can. */
export const oneScript: Scene = {
  title: `A script signs in and sends ${MESSAGES} messages at once.`,
  async play({ subject, room, tell, untilSeen }) {
    const ticketOf = await tickets(subject);
    await visit(subject, room.address, async ({ join }) => {
      const script = await join('Mallory', await ticketOf('Mallory'));
      const grace = await join('Grace', await ticketOf('Grace'));
      const text = saying();
      for (let number = 1; number <= MESSAGES; number += 1) {
        script.say({ action: 'sendmessage', text: `${text} ${number}` });
      }
      await grace.hears(() => true);
      let before = -1;
      while (grace.heard.length > before) {
        before = grace.heard.length;
        await grace.listens(PAUSE);
      }
      const got = grace.heard.filter(({ fields }) => String(fields.text).startsWith(text)).length;
      const { throttled } = countAnswers(script.heard);
      tell(
        got === MESSAGES
          ? `The room delivered all ${got} of them to everyone. Each one ran a function, read the table, and was posted once per person.`
          : got + throttled === MESSAGES
            ? `The stage admitted ${got} of them and throttled the rest before a function ran.`
            : `${got} of them reached everyone, and ${throttled} came back as throttled.`,
      );
      await untilSeen();
    });
  },
};
