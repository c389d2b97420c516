import type { AnyCheck } from '../../checking/check.ts';
import { tickets } from '../../sign-in/tickets.ts';
import { roomIsDeployed } from '../room-is-deployed.ts';
import { strangersStayOut } from '../strangers-stay-out.ts';
import { twoPeopleTalk } from '../two-people-talk.ts';
import { failuresAreLogged } from './failures-are-logged.ts';
import { logsExpire } from './logs-expire.ts';
import { noWordsInTheLogs } from './no-words-in-the-logs.ts';

export { supportReadsAlong as scene } from './scene.ts';

const lab = '10-words-in-the-log';

export const checks: readonly AnyCheck[] = [
  roomIsDeployed(lab),
  strangersStayOut(lab),
  noWordsInTheLogs,
  failuresAreLogged,
  logsExpire,
  twoPeopleTalk({
    lab,
    needs: ['stranger-is-refused'],
    tickets,
    keeps: {
      handler: 'channels/send-message.ts',
      repairs: ['true name', 'stale connections', 'every page', 'own channel', 'throttle', 'sign-up'],
    },
    hints: [
      'Not everyone in the channel gets every message once.',
      'Read the conversation and the log of the function behind the route: `npx lab check 10` shows both.',
      "This lab's only fault is what is logged. Another change broke something else: who gets the message, its content, or how often it is sent. A deployment compiles the handler, but checks no types: a misspelled name, or a variable that no longer exists, fails only when its line runs. And if you remove the text from the event in order to log it, it's gone for the rest of the function, too.",
      '`npx lab diff 10` shows what you changed in functions/channels/send-message.ts.',
    ],
  }),
];

export const failsAtStart = ['no-words-in-the-logs'];
