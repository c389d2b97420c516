import type { Lab } from '../../checking/check.ts';
import { tickets } from '../../sign-in/tickets.ts';
import { roomIsDeployed } from '../room-is-deployed.ts';
import { strangersStayOut } from '../strangers-stay-out.ts';
import { twoPeopleTalk } from '../two-people-talk.ts';
import { everyPageIsRead } from './every-page-is-read.ts';
import { halfTheRoom } from './scene.ts';

const id = '06-lost-pages';

export const lostPages: Lab = {
  id,
  title: 'Lost pages',
  complaint: 'Half of us never hear anything.',
  tags: ['robust', 'available'],
  checks: [
    roomIsDeployed(id),
    strangersStayOut(id),
    everyPageIsRead,
    twoPeopleTalk({
      lab: id,
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
  ],
  scene: halfTheRoom,
  failsAtStart: ['every-page-is-read'],
  minutes: { all: 40, talking: 10 },
};
