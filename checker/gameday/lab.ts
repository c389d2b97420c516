import type { AnyCheck, Lab } from '../checking/check.ts';
import { observeUnknown, unknownActionAnswered } from '../labs/01-missing-route/unknown-action-answered.ts';
import { noMoreThanNeeded } from '../labs/02-lambda-permissions/no-more-than-needed.ts';
import { forgedTokenIsRefused } from '../labs/03-no-auth/forged-token-is-refused.ts';
import { noTokenInTheLogs } from '../labs/03-no-auth/no-token-in-the-logs.ts';
import { roomKnowsTheName } from '../labs/03-no-auth/room-knows-the-name.ts';
import { signedInUserComesIn } from '../labs/03-no-auth/signed-in-user-comes-in.ts';
import { goneConnectionsAreRemoved } from '../labs/04-stale-connections/gone-connections-are-removed.ts';
import { senderIsGenuine } from '../labs/05-spoofed-sender/sender-is-genuine.ts';
import { everyPageIsRead } from '../labs/06-lost-pages/every-page-is-read.ts';
import { everyRouteIsThrottled } from '../labs/07-open-floodgates/every-route-is-throttled.ts';
import { roomIsDeployed } from '../labs/room-is-deployed.ts';
import { strangersStayOut } from '../labs/strangers-stay-out.ts';
import { twoPeopleTalk } from '../labs/two-people-talk.ts';
import { tickets } from '../sign-in/tickets.ts';
import { gameDayId } from '../workshop/game-day-folder.ts';

/** What a check needs here: with the last lab's solution, people sign in, and then they talk. */
const after = (need: string, ...checks: readonly AnyCheck[]): AnyCheck[] =>
  checks.map((check) => ({ ...check, needs: [need] }));

/**
 * The room of a game day, checked by the checks of the labs. Each needs only what it can't be looked at without, so faults
 * that have nothing to do with each other are found beside each other.
 */
export const gameDayLab: Lab = {
  id: gameDayId,
  title: 'Game day',
  complaint: 'Several things are broken at once.',
  checks: [
    roomIsDeployed(gameDayId),
    ...after(
      'room-is-deployed',
      strangersStayOut(gameDayId),
      signedInUserComesIn,
      noMoreThanNeeded,
      everyRouteIsThrottled,
    ),
    ...after(
      'signed-in-user-comes-in',
      forgedTokenIsRefused,
      noTokenInTheLogs,
      { ...unknownActionAnswered, observe: async (subject) => observeUnknown(subject, await tickets(subject)) },
      // The hints are for somebody who sees the verdict, which nobody does here.
      twoPeopleTalk({ lab: gameDayId, needs: [], tickets, hints: ['', '', '', ''] }),
    ),
    ...after('two-people-talk', roomKnowsTheName, goneConnectionsAreRemoved, senderIsGenuine, everyPageIsRead),
  ],
  failsAtStart: [],
};
