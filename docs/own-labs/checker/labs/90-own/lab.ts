import { type Lab, roomIsDeployed } from 'websocket-lab';
import { somebodyHears } from './somebody-hears.ts';

export default {
  id: '90-own',
  title: 'A lab of our own',
  complaint: 'Nobody hears me.',
  checks: [roomIsDeployed('90-own'), somebodyHears],
  failsAtStart: ['somebody-hears'],
} satisfies Lab;
