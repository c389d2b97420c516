import type { Scene } from '../../checking/scene.ts';
import { PADDING } from '../../probe/padding.ts';
import { throughTheTunnel } from '../../probe/tunnel.ts';
import { tickets } from '../../sign-in/tickets.ts';
import { GAP, people } from './crowd.ts';

/** Many rows are between those of the people who listen, so a scan has more than one page. */
export const halfTheRoom: Scene = {
  title: 'The table grows past 1 MB, so one scan no longer returns everyone.',
  async play({ subject, room, tell, overhear, untilSeen }) {
    const { refused } = await throughTheTunnel(subject, room.address, {
      people,
      fate: (place) => (place % GAP === 0 ? { stays: true } : { stays: false, padding: PADDING }),
      speakers: 'first and last',
      tickets: await tickets(subject),
      onLine: overhear,
      async onSpoken({ first: { speaker, heard } }) {
        const [got, missed] = [true, false].map((wanted) =>
          Object.entries(heard).flatMap(([who, times]) => (times > 0 === wanted ? who : [])),
        );
        tell(`${speaker} sent a message. Got it: ${inWords(got)}. Missed it: ${inWords(missed)}.`);
        await untilSeen();
      },
    });
    if (refused !== undefined) tell(`Somebody was rejected at the handshake (${refused}).`);
  },
};

function inWords(names: readonly string[] = []): string {
  return names.length === 0 ? 'nobody' : names.join(', ');
}
