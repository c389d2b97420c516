import type { Finding, Subject } from '../../checking/check.ts';
import { observeSenderRun } from '../../observe/printed.ts';
import { openRoom } from '../../observe/room.ts';
import { untilAllEnded } from '../../observe/runs.ts';
import {
  type AmongGhosts,
  firstTold,
  isRight,
  type Living,
  missedBy,
  type Said,
  saidTo,
  speakTo,
  speakToTheEnd,
  textsHeard,
} from '../../probe/among-ghosts.ts';
import type { Connected } from '../../probe/connections.ts';
import { isCrash, isTrouble } from '../../probe/frames.ts';
import { startGhosts } from '../../probe/ghosts.ts';
import { untilIndexed } from '../../probe/indexes.ts';
import { limitReads } from '../../probe/limit-reads.ts';
import { unusedId } from '../../probe/made-up-ids.ts';
import { keyOf, keysPresent, type StoredRow } from '../../probe/room-tables.ts';
import { copyWithId, idOf } from '../../probe/row-copies.ts';
import { tablesOf } from '../../probe/rows.ts';
import { saying } from '../../probe/sayings.ts';
import { holdsRecentTime } from '../../probe/times.ts';
import type { SeenRow } from '../../probe/tunnel.ts';
import { untilDeleted } from '../../probe/until-deleted.ts';
import { untilQuiet } from '../../probe/until-quiet.ts';
import { gotAltered, gotTwice, inList, livingDeleted } from '../among-ghosts.ts';
import { farFor } from './crowd.ts';
import * as findings from './findings.ts';
import { gotError } from './got-error.ts';
import { rowLimitIn } from './row-limit.ts';

/** How many rows of stale connections are added at a time, at least. */
const MORE = 60;

/** How often to add rows until somebody's row is far enough: the last of four people's rows comes early by chance. */
const TIMES = 3;

/** How many reads it takes, at most, to get to a row that is behind more rows than a handler may read. */
const READS = 60;

/** A message while each read returned only a few rows, usually one. */
export interface RowByRow extends Said, Pick<AmongGhosts, 'told' | 'lost'> {
  /** How many rows the table had. */
  readonly rows: number;
  /** How many rows each read returned, if more than one. */
  readonly perPage?: number;
  /** A number of rows after which the handler may stop reading, if the function had no time for that many. */
  readonly untried?: number;
  /** How many rows of stale connections stayed. */
  readonly left: number;
  /** The rows of the people in the room, in scan order. */
  readonly living: readonly SeenRow[];
  /** If the function failed: whether it failed at the next message, too, with the same rows on whole pages. */
  readonly failsOnWholePages?: boolean;
}

type Person = Living & Pick<Connected, 'rows'>;

/**
 * Somebody sends a message in a table with many rows while each read returns one of them: tens of pages aren't enough,
 * and an index has pages, too, however little of each row it has. If all is right, and a handler may stop after a larger
 * number of rows, somebody sends another one in a table with more. For accounts that can limit reads.
 */
export async function speakRowByRow(subject: Subject, people: readonly [Person, ...Person[]]): Promise<RowByRow> {
  const sources = subject.sources();
  const said = await speakBehind(subject, people, { far: farFor(sources), perPage: 1 });
  const limit = rowLimitIn(sources);
  if (limit === undefined || wrongRowByRow(said) !== undefined) return said;
  const since = Date.now();
  const again = await speakBehind(subject, people, { far: limit, perPage: Math.ceil(limit / READS) });
  if (!isCrash(again.told?.text)) return again;
  // On a busy computer, an honest function has no time for hundreds of posts.
  const { timedOut } = await observeSenderRun(subject, openRoom(subject), since);
  return timedOut === true ? { ...said, untried: limit } : again;
}

/** Somebody sends a message in a table with so many rows before somebody's, while each read returns a few of them. */
async function speakBehind(
  subject: Subject,
  people: readonly [Person, ...Person[]],
  { far, perPage }: { readonly far: number; readonly perPage: number },
): Promise<RowByRow> {
  const most = TIMES * Math.ceil(far / MORE);
  const [speaker] = people;
  const { table } = speaker.rows[0];
  const ghosts = await startGhosts(subject);
  try {
    let rows: string[] = [];
    const copies: StoredRow[] = [];
    for (let times = 0; times < most && lastOf(people, rows) < far; times += 1) {
      const more = copiesOf(speaker, Math.max(MORE, far - lastOf(people, rows)));
      copies.push(...more);
      await ghosts.add(more);
      rows = await keysPresent(subject, table);
    }
    await untilIndexed(subject, [speaker.person.name]);
    const limits = await limitReads(subject, tablesOf(subject), { items: perPage });
    const earlier = textsHeard(people);
    const text = saying();
    await speakToTheEnd(subject, speaker, people, text).finally(limits.end);
    // Once everyone has got it, the function still deletes rows, and can fail.
    await untilAllEnded(subject);
    await untilQuiet(
      subject,
      people.map(({ person }) => person),
    );
    const told = firstTold(people);
    const said = saidTo(speaker, people, text, earlier);
    const stale = copies.filter((copy) => copy.table.name === table.name && !holdsRecentTime(copy.row));
    let lost: string[] = [];
    const left = await untilDeleted(
      subject,
      table,
      stale.map(({ row }) => row),
      (present) => {
        lost = people.flatMap(({ label, row }) => (present.has(keyOf(row, table)) ? [] : label));
        return told !== undefined || lost.length > 0 || !isRight(said);
      },
    );
    const living = livingIn(people, rows).map((row) => ({
      ...row,
      page: Math.ceil(row.page / perPage),
      isLeft: !lost.includes(row.of ?? ''),
    }));
    const many = perPage === 1 ? {} : { perPage };
    const seen = { ...said, ...many, rows: rows.length, living, told, left: left.length, lost };
    if (!isCrash(told?.text) || lost.length > 0 || said.instead !== undefined || perPage > 1) return seen;
    // So many reads take time, and that alone can be why the function failed.
    await ghosts.add(copies);
    return { ...seen, failsOnWholePages: await failsAgain(subject, people) };
  } finally {
    await ghosts.remove();
  }
}

/** Has somebody send another message, and returns whether anybody gets another error. */
async function failsAgain(subject: Subject, people: readonly [Person, ...Person[]]): Promise<boolean> {
  const errors = () => people.flatMap(({ person }) => person.heard.filter(isTrouble)).length;
  const before = errors();
  await speakTo(subject, people[0], people, { text: saying() });
  await untilAllEnded(subject);
  await untilQuiet(
    subject,
    people.map(({ person }) => person),
  );
  return errors() > before;
}

/** Returns the position of the last of these people's rows among the keys of their table. */
function lastOf(people: readonly Person[], keys: readonly string[]): number {
  return Math.max(...livingIn(people, keys).map(({ page }) => page - 1));
}

/** Returns these people's rows in scan order, each on a page of its own. */
function livingIn(people: readonly Person[], keys: readonly string[]): SeenRow[] {
  return people
    .map(({ label: of, row, rows: [{ table }] }): SeenRow => {
      const key = keyOf(row, table);
      return { id: idOf(row, table) ?? key, of, page: keys.indexOf(key) + 1, isLeft: true };
    })
    .sort((one, other) => one.page - other.page);
}

/** Says what went wrong; undefined if everyone got the message, and nothing else happened but that stale rows went. */
export function wrongRowByRow(said: RowByRow): { actual: string; finding: Finding } | undefined {
  const { speaker, rows, perPage = 'one', told, left, failsOnWholePages } = said;
  const deleted = livingDeleted(said);
  const missed = missedBy(said);
  const before = `Everyone got two messages. Then the table had ${rows} rows, and the practice account returned ${perPage} per page.`;
  const sent = `${before} ${speaker} sent a message`;
  if (deleted !== undefined) return { actual: `${sent}. ${deleted}`, finding: findings.livingRowDeleted };
  const altered = gotAltered(said);
  if (altered !== undefined) return { actual: `${before} ${altered}`, finding: findings.somethingElse };
  if (told !== undefined || missed.length > 0) {
    const error = told === undefined ? '' : gotError(speaker, told);
    const silent = missed.length === 0 ? '' : `, and ${inList(missed)} didn't get it`;
    const again = failsOnWholePages ? ' With whole pages, the next message failed, too.' : '';
    return {
      actual: `${sent}${error}${silent}.${again}`,
      finding: told === undefined ? findings.someNextPage : findings.errorInstead,
    };
  }
  const twice = gotTwice([said]);
  if (twice !== undefined) return { actual: `${before} ${twice}`, finding: findings.heardTwice };
  if (left === 0) return undefined;
  const are = left === 1 ? 'the row of a stale connection is' : `${left} rows of stale connections are`;
  return { actual: `${sent}. Everyone got it, but ${are} still in the table.`, finding: findings.rowsStay };
}

/** Returns old copies of somebody's rows with other connection ids; none if a room stores no ids as it gets them. */
function copiesOf({ rows, person: { name } }: Person, count: number): StoredRow[] {
  const [{ row, table }] = rows;
  const from = idOf(row, table);
  if (from === undefined) return [];
  return Array.from({ length: count }, unusedId).flatMap((to) =>
    rows.map((each) => ({ ...each, row: copyWithId(each.row, each.table, { id: [from, to], name }) })),
  );
}
