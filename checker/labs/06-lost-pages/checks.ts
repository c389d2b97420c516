import type { AnyCheck } from '../../checking/check.ts';
import { tickets } from '../../sign-in/tickets.ts';
import { roomIsDeployed } from '../room-is-deployed.ts';
import { strangersStayOut } from '../strangers-stay-out.ts';
import { twoPeopleTalk } from '../two-people-talk.ts';
import { everyPageIsRead } from './every-page-is-read.ts';

export { halfTheRoom as scene } from './scene.ts';

const lab = '06-lost-pages';

export const checks: readonly AnyCheck[] = [
  roomIsDeployed(lab),
  strangersStayOut(lab),
  everyPageIsRead,
  twoPeopleTalk({
    lab,
    needs: ['every-page-is-read'],
    tickets,
    keeps: { handler: 'send-message.ts', repairs: ['true name', 'only gone'], pages: true },
    hints: [
      'Every page is read, but not everyone gets each message once.',
      'Read the conversation, and what the function behind the route logged: `npx lab check 06` shows both.',
      "This lab's only fault is how the table is read. Another change broke something else: who gets the message, its content, or how often it is sent.",
      '`npx lab diff 06` shows what you changed in functions/send-message.ts.',
    ],
  }),
];

export const failsAtStart = ['every-page-is-read'];
