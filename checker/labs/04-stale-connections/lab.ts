import type { Lab } from '../../checking/check.ts';
import { tickets } from '../../sign-in/tickets.ts';
import { roomIsDeployed } from '../room-is-deployed.ts';
import { strangersStayOut } from '../strangers-stay-out.ts';
import { twoPeopleTalk } from '../two-people-talk.ts';
import { goneConnectionsAreRemoved } from './gone-connections-are-removed.ts';
import { otherErrorsAreReported } from './other-errors-are-reported.ts';
import { trainInTheTunnel } from './scene.ts';

const id = '04-stale-connections';

export const staleConnections: Lab = {
  id,
  title: 'Stale connections',
  complaint: 'Since Grace\'s train went into the tunnel, every message I send comes back "Internal server error".',
  tags: ['robust'],
  checks: [
    roomIsDeployed(id),
    strangersStayOut(id),
    goneConnectionsAreRemoved,
    otherErrorsAreReported,
    twoPeopleTalk({
      lab: id,
      needs: ['other-errors-are-reported'],
      tickets,
      hints: [
        'Stale connections are handled, but not everyone gets each message once.',
        'Read the conversation, and what the function behind the route logged: `npx lab check 04` shows both.',
        "This lab's only fault is how the status 410 is handled. Another change broke something else: who gets the message, its content, or how often it is sent.",
        '`npx lab diff 04` shows what you changed in functions/send-message.ts.',
      ],
    }),
  ],
  scene: trainInTheTunnel,
  failsAtStart: ['gone-connections-are-removed'],
  minutes: { all: 45, talking: 10 },
};
