import type { AnyCheck } from '../../checking/check.ts';
import { roomIsDeployed } from '../room-is-deployed.ts';
import { talkScene } from '../talk-scene.ts';
import { twoPeopleTalk } from '../two-people-talk.ts';
import { noMoreThanNeeded } from './no-more-than-needed.ts';
import { senderMayPost } from './sender-may-post.ts';

const lab = '02-lambda-permissions';

export const checks: readonly AnyCheck[] = [
  roomIsDeployed(lab),
  senderMayPost,
  twoPeopleTalk({
    lab,
    needs: ['room-is-deployed'],
    hints: [
      'Not everyone in the room gets each message once.',
      'Read the conversation, and what the function behind the route logged: `npx lab check 02` shows both.',
      'The function reads from the table who is in the room, and posts to each connection. If a post is denied, it throws, and API Gateway sends the sender "Internal server error". If you catch the error, or answer only the sender, the complaint goes away but the room stays silent.',
      "Allow the function's role to post to this room's connections (`stage.grantManagementApiAccess(sendMessage)`), and leave app/functions unchanged. `npx lab diff 02` shows what you changed in the lab.",
    ],
    // The function already has a grant on the table, and a repair can narrow it.
    keeps: { handler: 'send-message.ts', repairs: ['stale connections'] },
  }),
  noMoreThanNeeded,
];

export const failsAtStart = ['sender-may-post', 'two-people-talk'];

export const scene = talkScene('Ada sends Grace a message.');
