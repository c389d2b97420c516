import type { Lab } from '../../checking/check.ts';
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
import { strangerListens } from './scene.ts';
import { signedInUserComesIn } from './signed-in-user-comes-in.ts';
import { strangerIsRefused } from './stranger-is-refused.ts';

const id = '03-no-auth';

export const noAuth: Lab = {
  id,
  title: 'Who gets in',
  complaint: 'There was a stranger in our meeting.',
  tags: ['secure'],
  checks: [
    roomIsDeployed(id),
    strangerIsRefused,
    signedInUserComesIn,
    forgedTokenIsRefused,
    foreignTokenIsRefused,
    accessTokenIsRefused,
    expiredTokenIsRefused,
    roomKnowsTheName,
    twoPeopleTalk({
      lab: id,
      needs: ['room-knows-the-name'],
      tickets,
      hints: unheard,
    }),
    noTokenInTheLogs,
  ],
  scene: strangerListens,
  failsAtStart: ['stranger-is-refused'],
  minutes: { all: 60, talking: 15 },
};
