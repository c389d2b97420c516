import type { AnyCheck } from '../../checking/check.ts';
import { tickets } from '../../sign-in/tickets.ts';
import { roomIsDeployed } from '../room-is-deployed.ts';
import { strangersStayOut } from '../strangers-stay-out.ts';
import { twoPeopleTalk } from '../two-people-talk.ts';
import { senderIsGenuine } from './sender-is-genuine.ts';

export { somebodyElsesName as scene } from './scene.ts';

const lab = '05-spoofed-sender';

export const checks: readonly AnyCheck[] = [
  roomIsDeployed(lab),
  strangersStayOut(lab),
  senderIsGenuine,
  twoPeopleTalk({
    lab,
    needs: ['sender-is-genuine'],
    tickets,
    keeps: { handler: 'send-message.ts', repairs: ['stale connections'] },
    hints: [
      'Names can be trusted now, but not everyone gets every message once.',
      'Read the conversation and the log of the function behind the route: `npx lab check 05` shows both.',
      "This lab's only fault is whose name a message carries. Another change broke something else: who gets the message, its content, or how often it is sent.",
      '`npx lab diff 05` shows what you changed. Keep everything in functions/send-message.ts as it was, except where the name comes from.',
    ],
  }),
];

export const failsAtStart = ['sender-is-genuine'];
