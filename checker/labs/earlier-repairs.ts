import type { Subject } from '../checking/check.ts';
import { claimName, type Spoofed } from '../probe/claim-name.ts';
import { findRows, type RowFinder } from '../probe/connections.ts';
import type { Participant } from '../probe/join-all.ts';
import { type StaleRow, speakPastStaleRow, type Untried } from '../probe/stale-row.ts';
import { everyRouteIsThrottled, type Observation as Throttle } from './07-open-floodgates/every-route-is-throttled.ts';
import { type Leaked, leavesItsChannel } from './leaves-its-channel.ts';

// Labs 5, 6, 9 and 10 have their fault in the handler that had earlier faults, and labs 8 and 11 in the stack that had one.
// So a repair there can undo an earlier one.

/** An earlier repair: lab 5's, lab 4's, lab 6's, which is looked at with lab 4's, lab 9's, or lab 7's. */
export type EarlierRepair = 'true name' | 'stale connections' | 'every page' | 'own channel' | 'throttle';

/** The repairs that a lab's handler had when the lab started. */
export interface EarlierRepairs {
  /** The handler's path among the lab's functions: `channels/send-message.ts`. */
  readonly handler: string;
  readonly repairs: readonly EarlierRepair[];
}

/** What happened to the earlier repairs. Each is left out if it wasn't looked at. */
export interface Regressions {
  readonly spoofed?: Spoofed;
  readonly leaked?: Leaked;
  readonly stale?: StaleRow;
  readonly throttle?: Throttle;
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
  { repairs }: EarlierRepairs,
): Promise<EarlierRepairsObserver> {
  const finder = repairs.includes('stale connections') ? await findRows(subject) : undefined;
  return {
    joined: finder?.joined ?? (async () => {}),
    async observe(people) {
      const past =
        finder === undefined ? undefined : await leaveStaleRow(subject, finder, people, repairs.includes('every page'));
      const stale = typeof past === 'function' ? past : undefined;
      const present = people.filter(({ person }) => person.isHere);
      // The room can answer a claim with an error, and the stale row's speaker must not get one.
      const before = stale?.().speaker;
      const isOther = ({ label }: Participant) => label !== before;
      const spoofed = repairs.includes('true name') ? await claimName(subject, present, isOther) : undefined;
      const leaked = repairs.includes('own channel') ? await leavesItsChannel(subject, present) : undefined;
      const throttle = repairs.includes('throttle') ? await everyRouteIsThrottled.observe(subject) : undefined;
      return {
        spoofed,
        leaked,
        throttle,
        ...(stale === undefined ? {} : { stale: stale() }),
        ...(typeof past === 'object' ? { untried: past } : {}),
      };
    },
  };
}

async function leaveStaleRow(subject: Subject, finder: RowFinder, people: readonly Participant[], pages: boolean) {
  const leaver = people.at(-1);
  if (leaver === undefined) return undefined;
  return speakPastStaleRow(subject, { finder, leaver, people: people.slice(0, -1), pages });
}
