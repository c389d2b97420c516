import type { Lab } from '../checking/lab.ts';
import { missingRoute } from '../labs/01-missing-route/lab.ts';
import { lambdaPermissions } from '../labs/02-lambda-permissions/lab.ts';
import { noAuth } from '../labs/03-no-auth/lab.ts';
import { staleConnections } from '../labs/04-stale-connections/lab.ts';
import { spoofedSenderLab } from '../labs/05-spoofed-sender/lab.ts';
import { lostPages } from '../labs/06-lost-pages/lab.ts';
import { openFloodgatesLab } from '../labs/07-open-floodgates/lab.ts';
import { openSignUp } from '../labs/08-open-sign-up/lab.ts';
import { leakyChannels } from '../labs/09-leaky-channels/lab.ts';
import { wordsInTheLogLab } from '../labs/10-words-in-the-log/lab.ts';
import { noWayBack } from '../labs/11-no-way-back/lab.ts';
import { ownLabs } from './own-labs/load.ts';

/** The labs in this repository, in order. */
const shipped: readonly Lab[] = [
  missingRoute,
  lambdaPermissions,
  noAuth,
  staleConnections,
  spoofedSenderLab,
  lostPages,
  openFloodgatesLab,
  openSignUp,
  leakyChannels,
  wordsInTheLogLab,
  noWayBack,
];

/** The workshop's labs, in order, followed by your own from `lab --labs`. */
export const labs: readonly Lab[] = [...shipped, ...(await ownLabs(shipped))];
