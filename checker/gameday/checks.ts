import type { AnyCheck } from '../checking/check.ts';
import { observeUnknown, unknownActionAnswered } from '../labs/01-missing-route/unknown-action-answered.ts';
import { noMoreThanNeeded } from '../labs/02-lambda-permissions/no-more-than-needed.ts';
import { sending } from '../labs/02-lambda-permissions/reference.ts';
import { observeSenderRole } from '../labs/02-lambda-permissions/sender-role.ts';
import { forgedTokenIsRefused } from '../labs/03-no-auth/forged-token-is-refused.ts';
import { noTokenInTheLogs } from '../labs/03-no-auth/no-token-in-the-logs.ts';
import { roomKnowsTheName } from '../labs/03-no-auth/room-knows-the-name.ts';
import { signedInUserComesIn } from '../labs/03-no-auth/signed-in-user-comes-in.ts';
import { goneConnectionsAreRemoved, observeStale } from '../labs/04-stale-connections/gone-connections-are-removed.ts';
import { senderIsGenuine } from '../labs/05-spoofed-sender/sender-is-genuine.ts';
import { everyPageIsRead } from '../labs/06-lost-pages/every-page-is-read.ts';
import { everyRouteIsThrottled } from '../labs/07-open-floodgates/every-route-is-throttled.ts';
import { employeesCanSignUp } from '../labs/08-open-sign-up/employees-can-sign-up.ts';
import { outsidersCannotSignUp } from '../labs/08-open-sign-up/outsiders-cannot-sign-up.ts';
import { channelsAreSeparate } from '../labs/09-leaky-channels/channels-are-separate.ts';
import { onlyMembersGetIn } from '../labs/09-leaky-channels/only-members-get-in.ts';
import { failuresAreLogged } from '../labs/10-words-in-the-log/failures-are-logged.ts';
import { logsExpire } from '../labs/10-words-in-the-log/logs-expire.ts';
import { noWordsInTheLogs } from '../labs/10-words-in-the-log/no-words-in-the-logs.ts';
import { historyCanBeRestored } from '../labs/11-no-way-back/history-can-be-restored.ts';
import { newcomersGetTheHistory } from '../labs/11-no-way-back/newcomers-get-the-history.ts';
import { roomIsDeployed } from '../labs/room-is-deployed.ts';
import { strangersStayOut } from '../labs/strangers-stay-out.ts';
import { twoPeopleTalk } from '../labs/two-people-talk.ts';
import { tickets } from '../sign-in/tickets.ts';
import { gameDayId } from '../workshop/game-day-folder.ts';

/** Adds a need to checks: in the last lab's solution, people sign in before they talk. */
const after = (need: string, ...checks: readonly AnyCheck[]): AnyCheck[] =>
  checks.map((check) => ({ ...check, needs: [need] }));

/** The sending function also stores messages, and can delete rows with the last of these. */
const storing = ['dynamodb:PutItem*', 'dynamodb:UpdateItem*', 'dynamodb:BatchWriteItem*'];

/** The labs' checks. Each needs only what it can't run without, so they find independent faults at the same time. */
export const checks: readonly AnyCheck[] = [
  roomIsDeployed(gameDayId),
  ...after(
    'room-is-deployed',
    strangersStayOut(gameDayId),
    signedInUserComesIn,
    { ...noMoreThanNeeded, observe: (subject) => observeSenderRole(subject, [...sending, ...storing]) },
    everyRouteIsThrottled,
    outsidersCannotSignUp,
    logsExpire,
  ),
  ...after('outsiders-cannot-sign-up', employeesCanSignUp),
  ...after(
    'signed-in-user-comes-in',
    forgedTokenIsRefused,
    onlyMembersGetIn,
    noTokenInTheLogs,
    { ...unknownActionAnswered, observe: async (subject) => observeUnknown(subject, await tickets(subject)) },
    // Nobody sees the verdict here, so nobody sees its hints.
    twoPeopleTalk({ lab: gameDayId, needs: [], tickets, hints: ['', '', '', ''] }),
  ),
  ...after(
    'two-people-talk',
    roomKnowsTheName,
    // Lost pages are another fault, with a check of its own.
    { ...goneConnectionsAreRemoved, observe: (subject) => observeStale(subject, { isRowByRow: false }) },
    senderIsGenuine,
    everyPageIsRead,
    // These two share their channels, and the history must not contain the other's messages yet.
    newcomersGetTheHistory,
    channelsAreSeparate,
    noWordsInTheLogs,
    failuresAreLogged,
    historyCanBeRestored,
  ),
];

/** Its faults are planted. */
export const failsAtStart: readonly string[] = [];
