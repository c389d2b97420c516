import type { AnyCheck } from '../../checking/check.ts';
import { tickets } from '../../sign-in/tickets.ts';
import { roomIsDeployed } from '../room-is-deployed.ts';
import { strangersStayOut } from '../strangers-stay-out.ts';
import { twoPeopleTalk } from '../two-people-talk.ts';
import { employeesCanSignUp } from './employees-can-sign-up.ts';
import { outsidersCannotSignUp } from './outsiders-cannot-sign-up.ts';

export { aRivalListens as scene } from './scene.ts';

const lab = '08-open-sign-up';

export const checks: readonly AnyCheck[] = [
  roomIsDeployed(lab),
  outsidersCannotSignUp,
  employeesCanSignUp,
  strangersStayOut(lab),
  twoPeopleTalk({
    lab,
    needs: ['employees-can-sign-up'],
    tickets,
    keeps: { handler: 'send-message.ts', repairs: ['throttle'] },
    hints: [
      'Only employees have accounts now, but not everyone gets every message once.',
      'Read the conversation and the log of the function behind the route: `npx lab check 08` shows both.',
      'Who gets an account and who gets a message are separate questions. Only the first is broken in this lab, so another change broke the second.',
      '`npx lab diff 08` shows what you changed. In stack.ts, change only what the user pool does before a sign-up.',
    ],
  }),
];

export const failsAtStart = ['outsiders-cannot-sign-up'];
