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
  complaint: 'I typed hello. The room said it does not understand me.',
  tags: ['available'],
  checks: [
    roomIsDeployed(id),
    routeSendmessage,
    twoPeopleTalk({
      lab: id,
      needs: ['route-sendmessage'],
      hints: [
        'What somebody says finds its route, and still the others do not hear it as they should.',
        'Read the conversation, and what the function behind the route printed: `npx lab check 01` shows both.',
        'The function reads who is in the room from the table and posts to each connection. API Gateway must be allowed to invoke it, and it must be allowed to read the table and to post to the connections.',
        'Let `addRoute` make route, integration and permission together, with `new WebSocketLambdaIntegration(…, sendMessage)`, and leave app/functions as they were shipped. `npx lab diff 01` shows what you changed.',
      ],
    }),
    unknownActionAnswered,
  ],
  scene: talkScene('Ada says something, and the room answers.'),
  failsAtStart: ['route-sendmessage'],
  minutes: { all: 30, talking: 5 },
};
