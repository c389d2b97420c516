import type { Scene } from '../../checking/scene.ts';
import { quoted } from '../../probe/frames.ts';
import { throughTheTunnel } from '../../probe/tunnel.ts';
import { tickets } from '../../sign-in/tickets.ts';

/** One of three people is gone without `$disconnect`, and the others talk. */
export const trainInTheTunnel: Scene = {
  title: "A train goes into a tunnel: a connection ends, and its row stays in the room's table.",
  async play({ subject, room, tell, overhear, untilSeen }) {
    const { refused } = await throughTheTunnel(subject, room.address, {
      people: ['Ada', 'Grace', 'Linus'],
      fate: (place) => ({ stays: place > 0 }),
      speakers: 'anyone',
      tickets: await tickets(subject),
      onLine: overhear,
      async onSpoken({ first: { speaker, heard }, told, left }) {
        const others = Object.entries(heard).flatMap(([who, times]) => (who !== speaker && times > 0 ? who : []));
        tell(`${speaker} sent a message, and ${others.length === 0 ? 'nobody else' : others.join(' and ')} got it.`);
        tell(told === undefined ? 'Nobody got an error.' : `${told.who} got an error: ${quoted(told.text)}.`);
        if (left.length === 0) return tell("The stale connection's row was deleted.");
        tell('The stale row is still there. Send a message from the chat page: you get the error, too.');
        await untilSeen();
      },
    });
    if (refused !== undefined) tell(`Somebody was rejected at the handshake (${refused}).`);
  },
};
