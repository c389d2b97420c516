import type { Finding, Subject } from '../../checking/check.ts';
import {
  type AmongGhosts,
  firstTold,
  type Living,
  missedBy,
  type Said,
  saidTo,
  speakToTheEnd,
} from '../../probe/among-ghosts.ts';
import type { Connected } from '../../probe/connections.ts';
import { copyWithId, idOf, keyOf, keysPresent, type StoredRow, startGhosts } from '../../probe/ghosts.ts';
import { untilIndexed } from '../../probe/indexes.ts';
import { limitReads } from '../../probe/limit-reads.ts';
import { unusedId } from '../../probe/made-up-ids.ts';
import { tablesOf } from '../../probe/rows.ts';
import { saying } from '../../probe/sayings.ts';
import type { SeenRow } from '../../probe/tunnel.ts';
import { inList } from '../among-ghosts.ts';
import * as findings from './findings.ts';
import { gotError } from './got-error.ts';

/** How many rows of stale connections are added at a time, each a page of its own. */
const MORE = 60;

/** The position in a scan that somebody's row should be behind: no handler should stop that early. */
const FAR = 40;

/** How often to add rows until it is: the last of four people's rows comes early by chance. */
const TIMES = 3;

/** A message while each read returned a single row. */
export interface RowByRow extends Said, Pick<AmongGhosts, 'told'> {
  /** How many rows the table had. */
  readonly rows: number;
  /** The rows of the people in the room, in scan order. */
  readonly living: readonly SeenRow[];
}

type Person = Living & Pick<Connected, 'rows'>;

/**
 * Somebody sends a message in a table with many rows while each read returns one of them: tens of pages aren't enough,
 * and an index has pages, too, however little of each row it has. For accounts that can limit reads.
 */
export async function speakRowByRow(subject: Subject, people: readonly [Person, ...Person[]]): Promise<RowByRow> {
  const [speaker] = people;
  const { table } = speaker.rows[0];
  const ghosts = await startGhosts(subject);
  try {
    let rows: string[] = [];
    for (let times = 0; times < TIMES && lastOf(people, rows) < FAR; times += 1) {
      await ghosts.add(copiesOf(speaker));
      rows = await keysPresent(subject, table);
    }
    await untilIndexed(subject, [speaker.person.name]);
    const limits = await limitReads(subject, tablesOf(subject));
    const text = saying();
    await speakToTheEnd(subject, speaker, people, text).finally(limits.end);
    const told = firstTold(people);
    const living = livingIn(people, rows);
    return { ...saidTo(speaker, people, text), rows: rows.length, living, told };
  } finally {
    await ghosts.remove();
  }
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

/** Says who missed the message, or got an error; undefined if everyone got it. */
export function missedRowByRow({
  heard,
  speaker,
  rows,
  told,
}: RowByRow): { actual: string; finding: Finding } | undefined {
  const missed = missedBy({ heard });
  if (told === undefined && missed.length === 0) return undefined;
  const error = told === undefined ? '' : gotError(speaker, told);
  const silent = missed.length === 0 ? '' : `, and ${inList(missed)} didn't get it`;
  return {
    actual: `Everyone got two messages. Then the table had ${rows} rows, and the practice account returned one per page. ${speaker} sent a message${error}${silent}.`,
    finding: told === undefined ? findings.someNextPage : findings.errorInstead,
  };
}

/** Returns old copies of somebody's rows with other connection ids; none if a room stores no ids as it gets them. */
function copiesOf({ rows, person: { name } }: Person): StoredRow[] {
  const [{ row, table }] = rows;
  const from = idOf(row, table);
  if (from === undefined) return [];
  return Array.from({ length: MORE }, unusedId).flatMap((to) =>
    rows.map((each) => ({ ...each, row: copyWithId(each.row, each.table, { id: [from, to], name }) })),
  );
}
