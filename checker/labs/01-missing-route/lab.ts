import type { Lab } from '../../checking/check.ts';
import { roomIsDeployed } from '../room-is-deployed.ts';
import { talkScene } from '../talk-scene.ts';
import { twoPeopleTalk } from '../two-people-talk.ts';
import { routeSendmessage } from './route-sendmessage.ts';
import { unknownActionAnswered } from './unknown-action-answered.ts';

const id = '01-missing-route';

export const missingRoute: Lab = {
  id,
  title: 'The missing route',
  complaint: "I typed hello. The room said it doesn't understand me.",
  tags: ['available'],
  checks: [
    roomIsDeployed(id),
    routeSendmessage,
    twoPeopleTalk({
      lab: id,
      needs: ['route-sendmessage'],
      hints: [
        'Messages reach their route, but not everyone in the room gets them correctly.',
        'Read the conversation, and what the function behind the route logged: `npx lab check 01` shows both.',
        'The function reads from the table who is in the room, and posts to each connection. API Gateway needs permission to invoke it, and it needs permission to read the table and to post to the connections.',
        'Let `addRoute` create route, integration and permission together, with `new WebSocketLambdaIntegration(…, sendMessage)`, and leave app/functions unchanged. `npx lab diff 01` shows what you changed.',
      ],
    }),
    unknownActionAnswered,
  ],
  scene: talkScene('Ada says something, and the room answers.'),
  failsAtStart: ['route-sendmessage'],
  minutes: { all: 30, talking: 5 },
};
