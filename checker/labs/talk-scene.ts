import type { Subject } from '../checking/check.ts';
import type { Scene } from '../checking/scene.ts';
import { answers, says } from '../probe/frames.ts';
import type { Tickets } from '../probe/join-all.ts';
import { saying } from '../probe/sayings.ts';
import { type Visit, visit } from '../probe/visit.ts';

/** Returns a scene in which Ada sends Grace a message. With tickets, they sign in. */
export function talkScene(title: string, tickets?: (subject: Subject) => Promise<Tickets>): Scene {
  return {
    title,
    async play({ subject, room, tell, overhear, untilSeen }) {
      const ticketOf = await tickets?.(subject);
      const ends = async (inside: Visit) => {
        const ada = await inside.join('Ada', await ticketOf?.('Ada'));
        const grace = await inside.join('Grace', await ticketOf?.('Grace'));
        tell('Ada and Grace are in the room. Ada sends a message.');
        const text = saying();
        ada.say({ action: 'sendmessage', text });
        const [answer, heard] = await Promise.all([ada.hears(answers(text)), grace.hears(says(text), 3_000)]);
        if (heard !== undefined) tell('Grace got the message.');
        else tell(answer === undefined ? 'Neither got anything.' : 'Grace got nothing. Ada got the answer above.');
        await untilSeen();
      };
      await visit(subject, room.address, ends, overhear);
    },
  };
}
