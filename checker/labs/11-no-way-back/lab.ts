import type { Lab } from '../../checking/check.ts';
import { tickets } from '../../sign-in/tickets.ts';
import { roomIsDeployed } from '../room-is-deployed.ts';
import { strangersStayOut } from '../strangers-stay-out.ts';
import { twoPeopleTalk } from '../two-people-talk.ts';
import { historyCanBeRestored } from './history-can-be-restored.ts';
import { newcomersGetTheHistory } from './newcomers-get-the-history.ts';
import { deletedOnFriday } from './scene.ts';

const id = '11-no-way-back';

export const noWayBack: Lab = {
  id,
  title: 'No way back',
  complaint: 'The history was deleted on Friday.',
  tags: ['available'],
  checks: [
    roomIsDeployed(id),
    strangersStayOut(id),
    newcomersGetTheHistory,
    historyCanBeRestored,
    twoPeopleTalk({
      lab: id,
      needs: ['history-can-be-restored'],
      tickets,
      hints: [
        'The history can be restored, but not everyone gets every message once.',
        'Read the conversation and the log of the function behind the route: `npx lab check 11` shows both.',
        'Recovery is a setting of a table, and nothing in the room notices it. So something else was changed on the way.',
        '`npx lab diff 11` shows what you changed. Keep everything in stack.ts as it was, except for the options of the messages table.',
      ],
    }),
  ],
  scene: deletedOnFriday,
  failsAtStart: ['history-can-be-restored'],
  minutes: { all: 45, talking: 15 },
};
