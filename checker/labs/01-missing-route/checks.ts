import type { AnyCheck } from '../../checking/check.ts';
import { roomIsDeployed } from '../room-is-deployed.ts';
import { talkScene } from '../talk-scene.ts';
import { twoPeopleTalk } from '../two-people-talk.ts';
import { routeSendmessage } from './route-sendmessage.ts';
import { unknownActionAnswered } from './unknown-action-answered.ts';

const lab = '01-missing-route';

export const checks: readonly AnyCheck[] = [
  roomIsDeployed(lab),
  routeSendmessage,
  twoPeopleTalk({
    lab,
    needs: ['route-sendmessage'],
    hints: [
      'Messages reach their route, but not everyone in the room gets them correctly.',
      'Read the conversation, and what the function behind the route logged: `npx lab check 01` shows both.',
      'The function reads from the table who is in the room, and posts to each connection. API Gateway needs permission to invoke it, and it needs permission to read the table and to post to the connections.',
      'Let `addRoute` create route, integration and permission together, with `new WebSocketLambdaIntegration(…, sendMessage)`, and leave app/functions unchanged. `npx lab diff 01` shows what you changed.',
    ],
  }),
  unknownActionAnswered,
];

export const failsAtStart = ['route-sendmessage'];

export const scene = talkScene('Ada says something, and the room answers.');
