import type { AnyCheck } from '../../checking/check.ts';
import { tickets } from '../../sign-in/tickets.ts';
import { roomIsDeployed } from '../room-is-deployed.ts';
import { twoPeopleTalk } from '../two-people-talk.ts';
import { accessTokenIsRefused } from './access-token-is-refused.ts';
import { expiredTokenIsRefused } from './expired-token-is-refused.ts';
import { unheard } from './findings.ts';
import { foreignTokenIsRefused } from './foreign-token-is-refused.ts';
import { forgedTokenIsRefused } from './forged-token-is-refused.ts';
import { noTokenInTheLogs } from './no-token-in-the-logs.ts';
import { roomKnowsTheName } from './room-knows-the-name.ts';
import { signedInUserComesIn } from './signed-in-user-comes-in.ts';
import { strangerIsRefused } from './stranger-is-refused.ts';

export { strangerListens as scene } from './scene.ts';

const lab = '03-no-auth';

export const checks: readonly AnyCheck[] = [
  roomIsDeployed(lab),
  strangerIsRefused,
  signedInUserComesIn,
  forgedTokenIsRefused,
  foreignTokenIsRefused,
  accessTokenIsRefused,
  expiredTokenIsRefused,
  roomKnowsTheName,
  twoPeopleTalk({
    lab,
    needs: ['room-knows-the-name'],
    tickets,
    hints: unheard,
  }),
  noTokenInTheLogs,
];

export const failsAtStart = ['stranger-is-refused'];
