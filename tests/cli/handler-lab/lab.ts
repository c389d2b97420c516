import { type Lab, roomIsDeployed } from '../../../checker/kit.ts';
import { heardAsSaid } from './heard-as-said.ts';

export default {
  id: '91-handler',
  title: 'A fault in a handler',
  complaint: 'They hear me, and not a word of what I said.',
  checks: [roomIsDeployed('91-handler'), heardAsSaid],
  failsAtStart: ['heard-as-said'],
} satisfies Lab;
