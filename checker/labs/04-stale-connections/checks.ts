import type { AnyCheck } from '../../checking/check.ts';
import { tickets } from '../../sign-in/tickets.ts';
import { roomIsDeployed } from '../room-is-deployed.ts';
import { strangersStayOut } from '../strangers-stay-out.ts';
import { twoPeopleTalk } from '../two-people-talk.ts';
import { goneConnectionsAreRemoved } from './gone-connections-are-removed.ts';
import { otherErrorsAreReported } from './other-errors-are-reported.ts';

export { trainInTheTunnel as scene } from './scene.ts';

const lab = '04-stale-connections';

export const checks: readonly AnyCheck[] = [
  roomIsDeployed(lab),
  strangersStayOut(lab),
  goneConnectionsAreRemoved,
  otherErrorsAreReported,
  twoPeopleTalk({
    lab,
    needs: ['other-errors-are-reported'],
    tickets,
    // One row per person is a repair of this lab, too: the last tab has it.
    isTabless: true,
    hints: [
      'Stale connections are handled, but not everyone gets each message once.',
      'Read the conversation, and what the function behind the route logged: `npx lab check 04` shows both.',
      "This lab's only fault is how the status 410 is handled. Another change broke something else: who gets the message, its content, or how often it is sent.",
      '`npx lab diff 04` shows what you changed in functions/send-message.ts.',
    ],
  }),
];

export const failsAtStart = ['gone-connections-are-removed'];
