import type { Finding, Subject } from '../../checking/check.ts';
import {
  type AmongGhosts,
  firstTold,
  type Living,
  type Said,
  saidTo,
  speakToTheEnd,
} from '../../probe/among-ghosts.ts';
import type { Connected } from '../../probe/connections.ts';
import { quoted } from '../../probe/frames.ts';
import { copyWithId, idOf, keyOf, keysPresent, type StoredRow, startGhosts } from '../../probe/ghosts.ts';
import { untilIndexed } from '../../probe/indexes.ts';
import { limitReads } from '../../probe/limit-reads.ts';
import { unusedId } from '../../probe/made-up-ids.ts';
import { tablesOf } from '../../probe/rows.ts';
import { saying } from '../../probe/sayings.ts';
import { inList } from '../among-ghosts.ts';
import * as findings from './findings.ts';

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
}

type Person = Living & Pick<Connected, 'rows'>;

/**
 * Somebody sends a message in a table with many rows while each read returns one of them: tens of pages aren't enough, and
 * an index has pages, too, however little of each row it has. For accounts that can limit reads.
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
    return { ...saidTo(speaker, people, text), rows: rows.length, ...(told === undefined ? {} : { told }) };
  } finally {
    await ghosts.remove();
  }
}

/** Returns the position of the last of these people's rows among the keys of their table. */
function lastOf(people: readonly Person[], keys: readonly string[]): number {
  return Math.max(...people.map(({ row, rows: [{ table }] }) => keys.indexOf(keyOf(row, table))));
}

/** Says who missed the message, or got an error; undefined if everyone got it. */
export function missedRowByRow({
  heard,
  speaker,
  rows,
  told,
}: RowByRow): { actual: string; finding: Finding } | undefined {
  const missed = Object.entries(heard).flatMap(([label, times]) => (times === 0 ? label : []));
  const what = [
    ...(told === undefined ? [] : [`${told.who} got an error: ${quoted(told.text)}`]),
    ...(missed.length === 0 ? [] : [`${inList(missed)} didn't get it`]),
  ];
  if (what.length === 0) return undefined;
  return {
    actual: `Everyone got two messages. Then the table had ${rows} rows, and the practice account returned one per page. ${speaker} sent a message, and ${what.join(', and ')}.`,
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
