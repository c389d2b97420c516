import type { Scene } from '../../checking/scene.ts';
import { observeFunctionLogs } from '../../observe/function-logs.ts';
import { eventsSince } from '../../observe/log-events.ts';
import { inQuotes, says } from '../../probe/frames.ts';
import { saying } from '../../probe/sayings.ts';
import { visit } from '../../probe/visit.ts';
import { tickets } from '../../sign-in/tickets.ts';
import { leaksIn } from './found-in-logs.ts';
import { loggedInvocations, untilLogged } from './invocations.ts';

/** How much of a line fits on a screen, in characters. */
const SHOWN = 300;

/** Two people talk, and support reads along. */
export const supportReadsAlong: Scene = {
  title: 'Ada tells Grace something. Support opens the log.',
  async play({ subject, room, tell, overhear, untilSeen }) {
    const ticketOf = await tickets(subject);
    const since = Date.now();
    const text = saying();
    await visit(
      subject,
      room.address,
      async ({ join }) => {
        const ada = await join('Ada', await ticketOf('Ada'));
        const grace = await join('Grace', await ticketOf('Grace'));
        tell('Ada and Grace are in the room. Ada sends a message.');
        ada.say({ action: 'sendmessage', text });
        await grace.hears(says(text));
        tell("Grace got it. Now somebody in support, who is in no channel, opens the functions' logs.");
        const logs = await observeFunctionLogs(subject, room);
        const invoked = await loggedInvocations(subject, room, logs, { joined: 2, said: 1, other: 0, left: 0 });
        await untilLogged(subject, logs, invoked, since);
        const needles = [{ kind: 'word', text, called: 'what Ada said' } as const];
        let isRead = false;
        for (const { group, called } of logs) {
          for (const { line } of leaksIn(group, (await eventsSince(subject, group, since)) ?? [], needles)) {
            isRead = true;
            tell(`The log of ${called}: ${around(line, text)}`);
          }
        }
        tell(isRead ? `Support has read ${inQuotes(text)}.` : 'None of them contains what Ada said.');
        await untilSeen();
      },
      overhear,
    );
  },
};

/** Returns the part of a line around the text: the rest is long, and can contain a token. */
function around(line: string, text: string): string {
  const at = line.indexOf(text);
  if (at === -1) return `${line.slice(0, SHOWN)}…`;
  return `…${line.slice(Math.max(0, at - 60), at + text.length + 20)}…`;
}
