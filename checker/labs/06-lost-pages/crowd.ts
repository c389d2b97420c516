import { randomInt } from 'node:crypto';
import type { Fate } from '../../probe/tunnel.ts';
import { numbersIn } from './number-literals.ts';

/** How many people connect in the scene. Every fourth, in scan order, stays. */
export const people = ['Ada', 'Grace', 'Linus', 'Margaret', 'Edsger', 'Barbara', 'Donald', 'Frances', 'Kathleen'];

/** Between two people who stay are the rows of three who leave. */
export const GAP = 4;

/** How many pages a table has at least. Two, three or four must not be enough to read. */
const LEAST_PAGES = 5;

/** The largest page limit that the check looks for in handlers, if it can't limit reads: more rows take too long. */
const MOST_COUNTED = 5;

/** How many more pages a table has than such a limit. */
const MORE = 3;

/**
 * How many rows should come before somebody's, each a page of its own: at least, and at most, because of numbers in
 * handlers. Smaller ones, such as the 50 posts at a time, would only take time.
 */
const FAR = { least: 40, above: 60, most: 150 } as const;

/**
 * The users in a crowd. More connections stay, so somebody is in the room in two tabs: a room must not post to one per
 * user.
 */
const users = ['Ada', 'Grace', 'Linus'] as const;

/** What a tab's label has after its user's name. */
const TAB = "'s tab ";

/** Returns labels for this many tabs, which users open in turn: `Ada`, `Grace`, `Linus`, `Ada's tab 2`. */
export function tabs(count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const [user, tab] = [users[index % users.length] ?? users[0], Math.floor(index / users.length) + 1];
    return tab === 1 ? user : `${user}${TAB}${tab}`;
  });
}

/** Returns whose tab has this label. */
export function userOf(label: string): string {
  return label.split(TAB)[0] ?? label;
}

const MINUTE = 60_000;

/** A connection lasts two hours at most, so such a row is stale, but only a post shows that. */
const DAYS_AGO = 3 * 24 * 60 * MINUTE;

/**
 * Returns how many pages handlers with these sources must read: three more than any small number in them, which could
 * be their limit: `while (next !== undefined && pages++ <= 3)` reads five. A stack has such numbers for other purposes,
 * but an environment's are strings.
 */
export function pagesFor(sources: readonly string[]): number {
  const limits = numbersIn(sources).filter((number) => number > LEAST_PAGES - MORE && number <= MOST_COUNTED);
  return Math.max(LEAST_PAGES, ...limits.map((limit) => limit + MORE));
}

/**
 * Returns the position in a scan that somebody's row should be behind if each row is a page of its own: no handler with
 * these sources should stop that early. A number in them can be its limit.
 */
export function farFor(sources: readonly string[]): number {
  return Math.max(FAR.least, ...numbersIn(sources).filter((number) => number > FAR.above && number <= FAR.most));
}

/**
 * Returns what becomes of a random crowd, in scan order, in a table of this many pages. More take longer to fill. A
 * repair can't rely on
 * - a few pages or ten rows being enough, or on the length of a page: the first has more rows than the next;
 * - somebody in the room being on each page: one has only rows from days ago;
 * - a row's size: three people in the room have large rows. Without the stale rows there are still two pages, and the
 *   last person's row is on the second;
 * - a row's age: some people have been there for longer than the stale row with their name.
 *
 * `pick` returns a random number below its argument.
 */
export function randomCrowd(pages: number, pick: (below: number) => number = (below) => randomInt(below)): Fate[] {
  const stale = (age = (60 + pick(16)) * MINUTE): Fate => ({ stays: false, age });
  const large = (fate: Fate): Fate => ({ ...fate, padding: (350 + pick(41)) * 1024 });
  // Three large rows fill a page.
  const page = (age?: number) => [0, 1, 2].map(() => large(stale(age)));
  const middle = pages - 2;
  const empty = pick(middle);
  const other = (empty + 1 + pick(middle - 1)) % middle;
  const between = Array.from({ length: middle }, (_, index) => page(index === empty ? DAYS_AGO : undefined));
  between[other]?.splice(pick(3), 1, large({ stays: true, age: 100 * MINUTE }));
  const rest = [large({ stays: true }), large(stale())];
  return [
    large({ stays: true }),
    stale(),
    ...(pick(2) === 0 ? rest : rest.reverse()),
    ...between.flat(),
    { stays: true },
  ];
}
