import type { Lab } from '../../checking/check.ts';
import { roomIsDeployed } from '../room-is-deployed.ts';
import { talkScene } from '../talk-scene.ts';
import { twoPeopleTalk } from '../two-people-talk.ts';
import { noMoreThanNeeded } from './no-more-than-needed.ts';
import { senderMayPost } from './sender-may-post.ts';

const id = '02-lambda-permissions';

export const lambdaPermissions: Lab = {
  id,
  title: 'What a function may do',
  complaint: 'I typed hello. It says "Internal server error".',
  tags: ['secure'],
  checks: [
    roomIsDeployed(id),
    senderMayPost,
    twoPeopleTalk({
      lab: id,
      needs: ['room-is-deployed'],
      hints: [
        'What somebody says does not reach everybody in the room, once.',
        'Read the conversation, and what the function behind the route printed: `npx lab check 02` shows both.',
        'The function reads who is in the room from the table and posts to each connection. Where that is refused it throws, and API Gateway tells the sender "Internal server error". To catch the error, or to answer the sender only, makes the complaint go away and leaves the room silent.',
        'Let the role of the function post to the connections of this room (`stage.grantManagementApiAccess(sendMessage)`), and leave app/functions as they were shipped. `npx lab diff 02` shows what you changed in the lab.',
      ],
    }),
    noMoreThanNeeded,
  ],
  scene: talkScene('Ada says something to Grace.'),
  failsAtStart: ['sender-may-post', 'two-people-talk'],
  minutes: { all: 40, talking: 10 },
};
