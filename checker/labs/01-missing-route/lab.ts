import type { Lab } from '../../check.ts';
import { roomIsDeployed } from './room-is-deployed.ts';
import { routeSendmessage } from './route-sendmessage.ts';
import { twoPeopleTalk } from './two-people-talk.ts';
import { unknownActionAnswered } from './unknown-action-answered.ts';

export const missingRoute: Lab = {
  id: '01-missing-route',
  title: 'The missing route',
  complaint: 'I typed hello. The room said it does not understand me.',
  checks: [roomIsDeployed, routeSendmessage, twoPeopleTalk, unknownActionAnswered],
  failsAtStart: ['route-sendmessage'],
};
