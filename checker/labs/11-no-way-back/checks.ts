import type { AnyCheck } from '../../checking/check.ts';
import { tickets } from '../../sign-in/tickets.ts';
import { roomIsDeployed } from '../room-is-deployed.ts';
import { strangersStayOut } from '../strangers-stay-out.ts';
import { twoPeopleTalk } from '../two-people-talk.ts';
import { historyCanBeRestored } from './history-can-be-restored.ts';
import { newcomersGetTheHistory } from './newcomers-get-the-history.ts';

export { deletedOnFriday as scene } from './scene.ts';

const lab = '11-no-way-back';

export const checks: readonly AnyCheck[] = [
  roomIsDeployed(lab),
  strangersStayOut(lab),
  newcomersGetTheHistory,
  historyCanBeRestored,
  twoPeopleTalk({
    lab,
    needs: ['history-can-be-restored'],
    tickets,
    keeps: { handler: 'channels/send-message.ts', repairs: ['own channel', 'throttle', 'sign-up', 'logs'] },
    hints: [
      'The history can be restored, but not everyone gets every message once.',
      'Read the conversation and the log of the function behind the route: `npx lab check 11` shows both.',
      "Recovery is a setting of a table, and the room doesn't notice it. So another change broke something else.",
      '`npx lab diff 11` shows what you changed. In stack.ts, change only the options of the messages table.',
    ],
  }),
];

export const failsAtStart = ['history-can-be-restored'];
