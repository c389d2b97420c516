import type { Subject } from '../../checking/check.ts';
import { type AmongGhosts, isRight, type Living, saidIn, speakAmongGhosts } from '../../probe/among-ghosts.ts';
import type { Connected } from '../../probe/connections.ts';
import { copiesOf } from '../../probe/failing-row.ts';
import { startGhosts } from '../../probe/ghosts.ts';
import { untilIndexed } from '../../probe/indexes.ts';
import { limitReads } from '../../probe/limit-reads.ts';
import { unusedId } from '../../probe/made-up-ids.ts';
import { tablesOf } from '../../probe/rows.ts';
import { holdsRecentTime } from '../../probe/times.ts';

/** How many rows of stale connections are added: more than the 25 that DynamoDB deletes with one request. */
export const MANY = 30;

type Person = Living & Pick<Connected, 'rows'>;

/**
 * Has people send messages in a table with many stale rows, which are old copies of one person's with made-up ids.
 * Undefined after a mistake, and if no row can be copied or all copies look recent.
 */
export async function speakAmongMany(
  subject: Subject,
  before: AmongGhosts,
  living: readonly [Person, Person, ...Person[]],
): Promise<AmongGhosts | undefined> {
  if (!isWithoutMistake(before)) return undefined;
  const [{ rows, person }] = living;
  const { table } = rows[0];
  const copies = Array.from({ length: MANY }, () => copiesOf(rows, person.name, unusedId()));
  // If the room writes several rows for a connection, the first decides, as with everyone's own.
  const stale = copies.flatMap(([first]) => (first === undefined || holdsRecentTime(first.row) ? [] : [first.row]));
  if (stale.length === 0) return undefined;
  const ghosts = await startGhosts(subject);
  try {
    await ghosts.add(copies.flat());
    await untilIndexed(subject, [person.name]);
    return await speakAmongGhosts(subject, { table, living, ghosts: stale });
  } finally {
    await ghosts.remove();
  }
}

/**
 * Has people send messages while each read of a table returns one row, so that their rows are on several pages.
 * Undefined after a mistake, and if the account can't do that.
 */
export async function speakRowByRow(
  subject: Subject,
  before: AmongGhosts,
  living: readonly [Person, Person, ...Person[]],
): Promise<AmongGhosts | undefined> {
  if (!isWithoutMistake(before)) return undefined;
  const [{ table }] = living[0].rows;
  const limits = await limitReads(subject, tablesOf(subject));
  try {
    return limits.isOn ? await speakAmongGhosts(subject, { table, living, ghosts: [] }) : undefined;
  } finally {
    await limits.end();
  }
}

function isWithoutMistake(spoken: AmongGhosts): boolean {
  const { second, told, left, lost } = spoken;
  const isOver = second === undefined || told !== undefined || left.length > 0 || lost.length > 0;
  return !isOver && saidIn(spoken).every(isRight);
}
