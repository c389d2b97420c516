import type { Subject } from '../checking/check.ts';
import { openRoom } from '../observe/room.ts';
import { findRows, type RowFinder } from '../probe/connections.ts';
import { type FailingRow, speakPastFailingRow } from '../probe/failing-row.ts';
import type { Participant } from '../probe/join-all.ts';
import { keyOf, keysPresent } from '../probe/room-tables.ts';
import { type StaleRow, speakPastStaleRow, type Untried } from '../probe/stale-row.ts';
import { everyRouteIsThrottled, type Observation as Throttle } from './07-open-floodgates/every-route-is-throttled.ts';
import { outsidersCannotSignUp, type Observation as SignUp } from './08-open-sign-up/outsiders-cannot-sign-up.ts';
import { type Observation as Members, onlyMembersGetIn } from './09-leaky-channels/only-members-get-in.ts';
import { claimName, claimNameOnLaterPage, type Spoofed } from './claim-name.ts';
import { type EarlierLogs, observeEarlierLogs } from './earlier-logs.ts';
import { type Leaked, leavesItsChannel } from './leaves-its-channel.ts';
import { postsAlone } from './posts-alone.ts';

// Labs 5, 6, 9 and 10 have their fault in the handler that had earlier faults, and labs 7, 8 and 11 in the stack that
// had some. So a repair there can undo an earlier one.

/**
 * An earlier repair: lab 5's, lab 4's, of which `only gone` is a part, lab 6's, which is looked at with lab 4's, lab
 * 9's, lab 7's, lab 8's, or lab 10's.
 */
export type EarlierRepair =
  | 'true name'
  | 'stale connections'
  | 'only gone'
  | 'every page'
  | 'own channel'
  | 'throttle'
  | 'sign-up'
  | 'logs';

/** The repairs that a lab's handler had when the lab started. */
export interface EarlierRepairs {
  /** The handler's path among the lab's functions: `channels/send-message.ts`. */
  readonly handler: string;
  readonly repairs: readonly EarlierRepair[];
  /** Whether the lab is about reading every page, so each repair has to hold for rows on later pages, too. */
  readonly pages?: true;
}

/** What happened to the earlier repairs. Each is undefined if it wasn't looked at. */
export interface Regressions {
  readonly spoofed?: Spoofed;
  readonly leaked?: Leaked;
  readonly members?: Members;
  readonly stale?: StaleRow;
  readonly throttle?: Throttle;
  readonly signUp?: SignUp;
  readonly logs?: EarlierLogs;
  /** A message past a row whose posts fail with another error; `untried` if that couldn't be tried. */
  readonly failing?: FailingRow | 'untried';
  /** Why there was no stale row to look at. */
  readonly untried?: Untried;
}

/** Looks at earlier repairs at the end of a conversation. */
export interface EarlierRepairsObserver {
  /** Must see everyone as they join. */
  readonly joined: (participant: Participant) => Promise<void>;
  readonly observe: (people: readonly Participant[]) => Promise<Regressions>;
}

/** Starts before anybody joins. */
export async function startEarlierRepairs(
  subject: Subject,
  { repairs, pages }: EarlierRepairs,
): Promise<EarlierRepairsObserver> {
  const since = subject.began ?? Date.now();
  const isStaleTried = repairs.includes('stale connections');
  const finder = isStaleTried || repairs.includes('only gone') ? await findRows(subject) : undefined;
  return {
    joined: finder?.joined ?? (async () => {}),
    async observe(people) {
      const past =
        finder === undefined || !isStaleTried
          ? undefined
          : await leaveStaleRow(subject, finder, people, repairs.includes('every page'));
      const stale = typeof past === 'function' ? past : undefined;
      const present = people.filter(({ person }) => person.isHere);
      // The room can answer a claim with an error, and the stale row's speaker must not get one. It can also limit how
      // often somebody speaks, and the failing row's speaker has yet to.
      const before = stale?.().speaker;
      const [last] = finder === undefined ? [] : present;
      const others = present.filter(({ label }) => label !== before);
      const silent = others.filter((each) => each !== last);
      const claimants = silent.length > 0 ? silent : others;
      const isClaimant = (each: Participant) => claimants.includes(each);
      const claimed = repairs.includes('true name') ? await claimName(subject, present, isClaimant) : undefined;
      const behind = finder && pages ? await lastInScan(subject, finder, claimants) : undefined;
      const spoofed = claimed ?? (behind && (await claimNameOnLaterPage(subject, present, behind)));
      const leaked = repairs.includes('own channel') ? await leavesItsChannel(subject, present) : undefined;
      const throttle = repairs.includes('throttle') ? await everyRouteIsThrottled.observe(subject) : undefined;
      const isUndone = spoofed !== undefined || leaked !== undefined;
      const members =
        repairs.includes('own channel') && !isUndone ? await onlyMembersGetIn.observe(subject) : undefined;
      const signUp =
        repairs.includes('sign-up') && !isUndone ? await outsidersCannotSignUp.observe(subject) : undefined;
      const logs = repairs.includes('logs') && !isUndone ? await observeEarlierLogs(subject, people, since) : undefined;
      const seen = stale?.();
      // Its speaker gets an error, so it comes last, and only if nothing is wrong by then.
      const isHandled = seen === undefined ? !isStaleTried : isRight(seen);
      const failing =
        finder !== undefined && isHandled && !isUndone
          ? await failsForOneRow(subject, finder, present, { repairs, pages })
          : undefined;
      return {
        spoofed,
        leaked,
        members,
        throttle,
        signUp,
        logs,
        stale: seen,
        failing,
        untried: typeof past === 'object' ? past : undefined,
      };
    },
  };
}

/** Returns the person whose row a scan finds last. */
async function lastInScan(
  subject: Subject,
  finder: RowFinder,
  people: readonly Participant[],
): Promise<Participant | undefined> {
  const rows = await finder.rowsOf(people);
  const table = rows[0]?.[0]?.table;
  if (table === undefined) return undefined;
  const keys = await keysPresent(subject, table);
  const places = rows.map(([first]) => (first === undefined ? -1 : keys.indexOf(keyOf(first.row, table))));
  return people[places.indexOf(Math.max(...places))];
}

/** How many rows of stale connections come before the row whose posts fail, if there are pages. */
const STALE = 60;

async function leaveStaleRow(subject: Subject, finder: RowFinder, people: readonly Participant[], pages: boolean) {
  const leaver = people.at(-1);
  if (leaver === undefined) return undefined;
  return speakPastStaleRow(subject, { finder, leaver, people: people.slice(0, -1), pages });
}

function isRight({ told, missed, isLeft }: StaleRow): boolean {
  return told === undefined && missed.length === 0 && !isLeft;
}

async function failsForOneRow(
  subject: Subject,
  finder: RowFinder,
  people: readonly Participant[],
  { repairs, pages }: Pick<EarlierRepairs, 'repairs' | 'pages'>,
): Promise<FailingRow | 'untried'> {
  const [speaker, copied] = people;
  if (speaker === undefined || copied === undefined) return 'untried';
  const [rows = []] = await finder.rowsOf([copied]);
  const failing = await speakPastFailingRow(subject, {
    speaker,
    copied,
    rows,
    people,
    stale: pages ? STALE : 0,
  });
  if (failing === undefined) return 'untried';
  if (!repairs.includes('only gone') || failing.told !== undefined) return failing;
  return { ...failing, mayBeOthers: !(await postsAlone(subject, openRoom(subject))) };
}
