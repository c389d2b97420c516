import type { AnyCheck } from '../../checking/check.ts';
import { tickets } from '../../sign-in/tickets.ts';
import { roomIsDeployed } from '../room-is-deployed.ts';
import { strangersStayOut } from '../strangers-stay-out.ts';
import { twoPeopleTalk } from '../two-people-talk.ts';
import { everyRouteIsThrottled } from './every-route-is-throttled.ts';
import { floodIsCutOff } from './flood-is-cut-off.ts';

export { oneScript as scene } from './scene.ts';

const lab = '07-open-floodgates';

export const checks: readonly AnyCheck[] = [
  roomIsDeployed(lab),
  everyRouteIsThrottled,
  strangersStayOut(lab),
  floodIsCutOff,
  twoPeopleTalk({
    lab,
    needs: ['flood-is-cut-off'],
    tickets,
    keeps: { handler: 'send-message.ts', repairs: ['stale connections'] },
    hints: [
      'The flood is cut off, but not everyone gets every message once.',
      'Read the conversation and the log of the function behind the route: `npx lab check 07` shows both.',
      "A throttle turns messages away before a function runs. It doesn't affect who gets a message, so something else was changed along the way.",
      '`npx lab diff 07` shows what you changed. Keep everything in stack.ts as it was, except for the limits of the stage.',
    ],
  }),
];

export const failsAtStart = ['every-route-is-throttled'];
